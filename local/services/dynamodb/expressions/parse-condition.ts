import { unexpected } from "./expression-error.ts";
import { findPairs } from "./find-pairs.ts";
import { isKeyword, type Token, tokenize } from "./tokenize.ts";

/** What dynalite evaluates: an operator or function with its operands. */
export interface Condition {
  readonly type: string;
  readonly args: readonly unknown[];
}

/** What dynalite's own parser answers; a text is what is wrong with the expression. */
export type ParsedCondition =
  | string
  | {
      readonly expression: Condition;
      readonly nestedPaths: Record<string, boolean>;
      readonly pathHeads: Record<string, boolean>;
    };

const redundant = "The expression has redundant parentheses;";

/** Sentences for what is wrong, in the order in which DynamoDB looks for it; others come last. */
const order = [
  redundant,
  "Invalid function name",
  "The function is not allowed",
  "Attribute name is a reserved",
];

/**
 * Parses a condition in time proportional to its length. AND, OR, NOT and parentheses are read here;
 * `parseTerm` gets what stands between them (`a = :b`, `contains(a, :b)`), each piece once.
 *
 * Throws an ExpressionSyntaxError for a text that is no condition.
 */
export function parseCondition(
  expression: string,
  parseTerm: (term: string) => ParsedCondition,
): ParsedCondition {
  const tokens = tokenize(expression);
  const { partner, isRedundant, dropped } = findPairs(tokens);
  const text = withSpacesAt(
    expression,
    [...dropped].map((index) => tokens[index]?.at ?? 0),
  );
  const problems: string[] = isRedundant ? [redundant] : [];
  const nestedPaths: Record<string, boolean> = {};
  const pathHeads: Record<string, boolean> = {};
  let at = 0;
  const skipDropped = (): void => {
    while (dropped.has(at)) at += 1;
  };

  function list(keyword: "OR" | "AND", next: () => Condition): Condition {
    const parts = [next()];
    for (skipDropped(); isKeyword(tokens[at], keyword); skipDropped()) {
      at += 1;
      parts.push(next());
    }
    return parts.reduceRight((right, left) => ({
      type: keyword.toLowerCase(),
      args: [left, right],
    }));
  }
  const alternatives = (): Condition => list("OR", () => list("AND", negation));

  function negation(): Condition {
    skipDropped();
    if (!isKeyword(tokens[at], "NOT")) return primary();
    at += 1;
    return { type: "not", args: [primary()] };
  }

  function primary(): Condition {
    skipDropped();
    const close = tokens[at]?.kind === "open" ? partner[at] : undefined;
    if (close === undefined || !endsTerm(nextAfter(close))) return term();
    at += 1;
    const inner = alternatives();
    skipDropped();
    if (at !== close) throw unexpected(tokens, at);
    at += 1;
    return inner;
  }

  function nextAfter(index: number): Token | undefined {
    let next = index + 1;
    while (dropped.has(next)) next += 1;
    return tokens[next];
  }

  /** One comparison or function; reads as far as the next AND or OR that is not BETWEEN's. */
  function term(): Condition {
    const first = at;
    let isBetween = false;
    while (at < tokens.length) {
      const token = tokens[at];
      const isAndOfBetween = isBetween && isKeyword(token, "AND");
      if (!isAndOfBetween && !dropped.has(at) && endsTerm(token)) break;
      if (isKeyword(token, "NOT")) throw unexpected(tokens, at);
      if (isAndOfBetween) isBetween = false;
      else if (isKeyword(token, "BETWEEN")) isBetween = true;
      at = token?.kind === "open" ? operands(at) : at + 1;
    }
    const start = tokens[first];
    if (at === first || !start) throw unexpected(tokens, at);
    return take(start.at, tokens[at]?.at ?? expression.length, first);
  }

  /** Where parentheses within a term end: they hold operands, not conditions. */
  function operands(open: number): number {
    const close = partner[open] ?? open;
    for (let index = open + 1; index < close; index++) {
      const token = tokens[index];
      if (token?.kind === "comparator" || isKeyword(token, "AND", "OR", "NOT", "BETWEEN", "IN"))
        throw unexpected(tokens, index);
    }
    return close + 1;
  }

  function take(start: number, end: number, first: number): Condition {
    const parsed = attempt(text.slice(start, end), start, first);
    if (typeof parsed !== "string") {
      Object.assign(nestedPaths, parsed.nestedPaths);
      Object.assign(pathHeads, parsed.pathHeads);
      return parsed.expression;
    }
    problems.push(parsed);
    return { type: "invalid", args: [] };
  }

  function attempt(source: string, start: number, first: number): ParsedCondition {
    try {
      return parseTerm(source);
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "SyntaxError") throw error;
      const offset = start + offsetOf(error);
      const index = tokens.findIndex((token, each) => each >= first && token.at >= offset);
      throw unexpected(tokens, index < 0 ? tokens.length : index);
    }
  }

  const whole = alternatives();
  skipDropped();
  if (at < tokens.length) throw unexpected(tokens, at);
  return firstOf(problems) ?? { expression: whole, nestedPaths, pathHeads };
}

function endsTerm(token: Token | undefined): boolean {
  return token === undefined || token.kind === "close" || isKeyword(token, "AND", "OR");
}

/** UTF-16 units are counted, so that places stay what they were. */
function withSpacesAt(text: string, places: readonly number[]): string {
  const units = text.split("");
  for (const at of places) units[at] = " ";
  return units.join("");
}

function firstOf(problems: readonly string[]): string | undefined {
  const rank = (problem: string): number => {
    const found = order.findIndex((start) => problem.startsWith(start));
    return found < 0 ? order.length : found;
  };
  return problems.toSorted((a, b) => rank(a) - rank(b))[0];
}

function offsetOf(error: Error): number {
  const { location } = error as { location?: { start?: { offset?: number } } };
  return location?.start?.offset ?? 0;
}
