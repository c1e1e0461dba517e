import type { z } from "zod";
import { describeIssue } from "../../wire/describe-issue.ts";
import { ssmError } from "./errors.ts";

/** The input of an operation by its schema. Throws ValidationException with one sentence. */
export function readInput<Value>(input: unknown, schema: z.ZodType<Value>): Value {
  const result = schema.safeParse(input, { reportInput: true });
  if (!result.success) throw ssmError("ValidationException", describeIssue(result.error));
  return result.data;
}
