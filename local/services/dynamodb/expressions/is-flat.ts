/** 250 characters have fewer than 300 operators and 100 operands of IN; see check-limits.ts. */
const mostCharacters = 250;
const mostPathParts = 31;

/**
 * Whether an expression is short, and has nothing nested but the operands of functions: it is within
 * DynamoDB's limits, and dynalite's own grammar reads it without backtracking. Almost all are.
 */
export function isFlat(expression: string): boolean {
  if (expression.length > mostCharacters) return false;
  let depth = 0;
  let parts = 0;
  for (const character of expression) {
    if (character === "(") depth += 1;
    else if (character === ")") depth -= 1;
    else if (character === "." || character === "[") parts += 1;
    if (depth > 1 || parts > mostPathParts) return false;
  }
  return true;
}
