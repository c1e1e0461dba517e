import type { z } from "zod";
import { UNKNOWN_VALUE } from "./from-wire.ts";
import { RefusedError, type Refusal } from "./refused-error.ts";

/**
 * Checks a resource's inputs against those that the in-process engine applies. Texts, numbers and
 * booleans stand for one another where the schema wants another of them, as for Pulumi's AWS provider.
 *
 * @param refused what is refused beyond the schema
 * @throws RefusedError with one sentence for each input that is not applied, or whose value is not.
 */
export function checkInputs<Schema extends z.ZodObject>(
  schema: Schema,
  inputs: Readonly<Record<string, unknown>>,
  refused: readonly Refusal[] = [],
): z.infer<Schema> {
  const given = withoutAbsent(inputs) as Record<string, unknown>;
  const first = schema.safeParse(given);
  const checked = first.success ? first : schema.safeParse(converted(given, first.error.issues));
  if (checked.success && refused.length === 0) return checked.data;
  throw new RefusedError([
    ...(checked.error?.issues.flatMap((issue) => refusals(issue, given)) ?? []),
    ...refused,
  ]);
}

/**
 * Checks inputs of which some are not known yet: what is wrong with the others.
 *
 * @throws RefusedError likewise
 */
export function checkKnownInputs(
  schema: z.ZodObject,
  inputs: Readonly<Record<string, unknown>>,
  refused: readonly Refusal[] = [],
): void {
  try {
    checkInputs(schema, inputs, refused);
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error;
    const known = error.refusals.filter(({ reason }) => !reason.includes(UNKNOWN_VALUE));
    if (known.length > 0) throw new RefusedError(known);
  }
}

function refusals(issue: z.core.$ZodIssue, inputs: unknown): Refusal[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => {
      const part = `the input "${[...issue.path, key].join(".")}"`;
      return { part, reason: `${part} is not applied by the in-process engine.` };
    });
  }
  const part = `the input "${issue.path.join(".")}"`;
  const value = valueAt(inputs, issue.path);
  const reason =
    value === undefined || value === null
      ? `${part} is missing.`
      : `${part} is ${JSON.stringify(value)}, which the in-process engine does not apply: ` +
        `${issue.message}.`;
  return [{ part, reason }];
}

function valueAt(inputs: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (within, key) => (within as Record<PropertyKey, unknown> | undefined)?.[key],
    inputs,
  );
}

/** The inputs, with each scalar of the wrong type as the type that is wanted, where it has that form. */
function converted(
  inputs: Record<string, unknown>,
  issues: readonly z.core.$ZodIssue[],
): Record<string, unknown> {
  const copy = structuredCloneOf(inputs);
  for (const issue of issues) {
    const key = issue.path.at(-1);
    if (issue.code !== "invalid_type" || key === undefined) continue;
    const holder = valueAt(copy, issue.path.slice(0, -1)) as Record<PropertyKey, unknown>;
    holder[key] = scalarAs(issue.expected, holder[key]);
  }
  return copy;
}

function scalarAs(type: string, value: unknown): unknown {
  if (type === "string" && (typeof value === "number" || typeof value === "boolean"))
    return String(value);
  if (typeof value !== "string") return value;
  if (type === "number" && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (type === "boolean" && (value === "true" || value === "false")) return value === "true";
  return value;
}

/** A copy of lists and plain objects; others, such as archives, are shared. */
function structuredCloneOf<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(structuredCloneOf) as Value;
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, structuredCloneOf(member as unknown)]),
  ) as Value;
}

/** Pulumi writes an absent list element or member as null. */
function withoutAbsent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAbsent);
  if (!isPlain(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .map(([key, member]) => [key, withoutAbsent(member)]),
  );
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype
  );
}
