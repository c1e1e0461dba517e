import type { z } from "zod";

/**
 * Checks a resource's inputs against those that the in-process engine applies.
 *
 * @throws Error with one sentence for each input that is not applied, or whose value is not.
 */
export function checkInputs<Schema extends z.ZodObject>(
  schema: Schema,
  inputs: Readonly<Record<string, unknown>>,
): z.infer<Schema> {
  const checked = schema.safeParse(withoutAbsent(inputs));
  if (checked.success) {
    return checked.data;
  }
  throw new Error(checked.error.issues.flatMap((issue) => sentences(issue, inputs)).join("\n"));
}

function sentences(issue: z.core.$ZodIssue, inputs: unknown): string[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map(
      (key) =>
        `the input "${[...issue.path, key].join(".")}" is not applied by the in-process engine.`,
    );
  }
  const name = issue.path.join(".");
  const value = issue.path.reduce<unknown>(
    (within, key) => (within as Record<PropertyKey, unknown> | undefined)?.[key],
    inputs,
  );
  return [
    value === undefined || value === null
      ? `the input "${name}" is missing.`
      : `the input "${name}" is ${JSON.stringify(value)}, which the in-process engine does not ` +
        `apply: ${issue.message}.`,
  ];
}

/** Pulumi writes an absent list element or member as null. */
function withoutAbsent(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutAbsent);
  }
  if (value === null || Object.getPrototypeOf(value) !== Object.prototype) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value as object)
      .filter(([, member]) => member !== null && member !== undefined)
      .map(([key, member]) => [key, withoutAbsent(member)]),
  );
}
