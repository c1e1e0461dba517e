import type { Token } from "./tokenize.ts";

/** The expression's text is not one. dynalite puts `Syntax error; ` before the message. */
export class ExpressionSyntaxError extends Error {
  override readonly name = "SyntaxError";
}

/** An expression that DynamoDB's limits or rules refuse, with the sentence that it answers. */
export class ExpressionError extends Error {
  override readonly name = "ExpressionError";
}

/** DynamoDB's sentence for a token that the grammar has no place for; past the last one, `<EOF>`. */
export function unexpected(tokens: readonly Token[], index: number): ExpressionSyntaxError {
  const near = tokens.slice(Math.max(0, index - 1), index + 2).map(({ text }) => text);
  return new ExpressionSyntaxError(
    `token: "${tokens[index]?.text ?? "<EOF>"}", near: "${near.join(" ")}"`,
  );
}
