import { createRequire } from "node:module";
import { checkLimits, type ExpressionKind } from "./check-limits.ts";
import { isFlat } from "./is-flat.ts";
import { type ParsedCondition, parseCondition } from "./parse-condition.ts";

interface Parser {
  parse(expression: string, options: object): unknown;
}

/** Parsers that have been replaced; dynalite's modules are shared by all clouds of a process. */
const replaced = new WeakSet<Parser>();

/**
 * Puts DynamoDB's limits before dynalite's three parsers of expressions, and a parser that does not
 * backtrack in the place of the one for conditions, whose time grows by a factor with each level of
 * parentheses. dynalite's own parser still reads each comparison and function, and flat expressions at
 * once; what it refuses is read again, for DynamoDB's sentence.
 */
export function useLinearParsers(): void {
  const require = createRequire(import.meta.url);
  for (const kind of ["condition", "update", "projection"] as const)
    replace(require(`dynalite/db/${kind}Parser`) as Parser, kind);
}

function replace(parser: Parser, kind: ExpressionKind): void {
  if (replaced.has(parser)) return;
  replaced.add(parser);
  const original = parser.parse;
  parser.parse = (expression, options) => {
    if (!isFlat(expression)) checkLimits(expression, kind);
    else if (kind === "condition") {
      const parsed = attempt(() => original(expression, options));
      if (parsed !== undefined && typeof parsed !== "string") return parsed;
    }
    if (kind !== "condition") return original(expression, options);
    return parseCondition(expression, (term) => original(term, options) as ParsedCondition);
  };
}

function attempt(parse: () => unknown): unknown {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
