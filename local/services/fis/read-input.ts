import type { z } from "zod";
import { describeIssue } from "../../wire/describe-issue.ts";
import { validationError } from "./errors.ts";

/** A request body by its schema. Throws ValidationException with one sentence. */
export function readInput<T>(body: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(body, { reportInput: true });
  if (!result.success) throw validationError(describeIssue(result.error));
  return result.data;
}
