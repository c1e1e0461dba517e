import { createRequire } from "node:module";
import { checkLimits, type ExpressionKind } from "./check-limits.ts";
import { type ParsedCondition, parseCondition } from "./parse-condition.ts";

interface Parser {
  parse(expression: string, options: object): unknown;
}

/** Parsers that have been replaced; dynalite's modules are shared by all clouds of a process. */
const replaced = new WeakSet<Parser>();

/**
 * Puts DynamoDB's limits before dynalite's three parsers of expressions, and a parser that does not
 * backtrack in the place of the one for conditions, whose time grows by a factor with each level of
 * parentheses. dynalite's own parser still reads each comparison and function.
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
    checkLimits(expression, kind);
    if (kind !== "condition") return original(expression, options);
    return parseCondition(expression, (term) => original(term, options) as ParsedCondition);
  };
}
