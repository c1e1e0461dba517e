import { ExpressionError } from "./expression-error.ts";
import { isKeyword, type Token, tokenize } from "./tokenize.ts";

export type ExpressionKind = "condition" | "update" | "projection";

/**
 * Source of the numbers: DynamoDB Developer Guide, "Quotas in Amazon DynamoDB", expression
 * parameters and attributes.
 */
const most = { bytes: 4096, operators: 300, operandsOfIn: 100, pathLevels: 32 };

/** Throws an ExpressionError with DynamoDB's sentence for an expression above one of its limits. */
export function checkLimits(expression: string, kind: ExpressionKind): void {
  const bytes = Buffer.byteLength(expression);
  if (bytes > most.bytes)
    throw new ExpressionError(
      `Expression size has exceeded the maximum allowed size; expression size: ${String(bytes)}`,
    );
  const tokens = tokenize(expression);
  const operators = tokens.filter((_, index) => isOperator(tokens, index, kind)).length;
  if (operators > most.operators)
    throw new ExpressionError(
      `The expression contains too many operators; operator count: ${String(operators)}`,
    );
  const levels = deepestPath(tokens);
  if (levels > most.pathLevels)
    throw new ExpressionError(
      `The document path has too many nesting levels; nesting levels: ${String(levels)}`,
    );
  for (const [index, token] of tokens.entries()) {
    if (!isKeyword(token, "IN") || tokens[index + 1]?.kind !== "open") continue;
    const operands = countOperands(tokens, index + 1);
    if (operands > most.operandsOfIn)
      throw new ExpressionError(
        `The IN operator is provided with too many operands; number of operands: ${String(operands)}`,
      );
  }
}

function isOperator(tokens: readonly Token[], index: number, kind: ExpressionKind): boolean {
  const token = tokens[index];
  if (!token || kind === "projection") return false;
  if (token.kind === "word" && tokens[index + 1]?.kind === "open") return true;
  if (kind === "update") return token.text === "+" || token.text === "-";
  // The AND of BETWEEN … AND is no operator, so that the word BETWEEN is not counted beside it.
  return token.kind === "comparator" || isKeyword(token, "AND", "OR", "NOT", "IN");
}

/** Elements of the longest path: `a.b[0]` has three. */
function deepestPath(tokens: readonly Token[]): number {
  let deepest = 0;
  let levels = 1;
  for (const { text } of tokens) {
    if (text === "." || text === "[") levels += 1;
    else if (text === "," || text === "(" || /^[<>=+-]/.test(text)) levels = 1;
    deepest = Math.max(deepest, levels);
  }
  return deepest;
}

function countOperands(tokens: readonly Token[], open: number): number {
  let operands = 1;
  let depth = 0;
  for (let index = open; index < tokens.length; index++) {
    const token = tokens[index];
    if (token?.kind === "open") depth += 1;
    else if (token?.kind === "close") depth -= 1;
    else if (token?.text === "," && depth === 1) operands += 1;
    if (depth === 0) break;
  }
  return operands;
}
