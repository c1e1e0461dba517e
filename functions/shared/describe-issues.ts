import type { ParseError } from "@aws-lambda-powertools/parser";

/**
 * @param error what `parse` returned; its cause is a list of Standard Schema issues.
 * @param whole what to name when the input itself is wrong and no field of it.
 * @returns the first issue as one sentence that starts with the field.
 */
export function describeIssues({ cause }: ParseError, whole: string): string {
  const [issue] = cause as readonly { message: string; path?: readonly PropertyKey[] }[];
  const field = issue?.path?.join(".");
  return `${field ? `Field ${field}` : whole} ${issue?.message ?? "is invalid."}`;
}
