import { NormalizedSchema } from "@smithy/core/schema";

/** What the members of an input are filled with. */
export interface Filling {
  readonly name: string;
  readonly text: string;
  /** Length of lists, and entries of maps. */
  readonly count: number;
}

const deep = "[".repeat(100_000);

export const fillings: readonly Filling[] = [
  { name: "long texts", text: "a".repeat(200_000), count: 1 },
  { name: "many members", text: "a", count: 1_000 },
  { name: "parentheses", text: `${"(".repeat(1_300)}a = :v${")".repeat(1_300)}`, count: 2 },
  { name: "asterisks", text: `arn:aws:iam::*:role/${"*a".repeat(5_000)}b`, count: 2 },
  { name: "deep JSON", text: `${deep}${"]".repeat(100_000)}`, count: 1 },
  { name: "a policy", text: policy(), count: 1 },
  { name: "colons", text: `arn:aws:dynamodb:${"a:".repeat(300)}b`, count: 1 },
  { name: "policy variables", text: policy("${".repeat(20_000)), count: 1 },
  { name: "a pattern", text: `${"(a+)+".repeat(20)}$ ${"a".repeat(50)}!`, count: 3 },
  { name: "quotes", text: `"${"\\".repeat(100_000)}`, count: 1 },
  { name: "spaces", text: `${" ".repeat(100_000)}x`, count: 2 },
  { name: "slashes", text: "/a".repeat(50_000), count: 2 },
];

function policy(resource?: string): string {
  const Resource =
    resource ?? Array.from({ length: 2_000 }, (_, index) => `arn:aws:sqs:*:*:${String(index)}*`);
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource }],
  });
}

/** An input whose every member is filled; `known` gives members their value by name. */
export function adversarialInput(
  schema: unknown,
  filling: Filling,
  known: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const of = NormalizedSchema.of(schema as Parameters<typeof NormalizedSchema.of>[0]);
  return valueOf(of, filling, known, 0) as Record<string, unknown>;
}

function valueOf(
  schema: NormalizedSchema,
  filling: Filling,
  known: Readonly<Record<string, unknown>>,
  depth: number,
): unknown {
  // Inputs that contain themselves, as attribute values do, end somewhere.
  if (depth > 4) return undefined;
  // Many of something at one level only: what multiplies is not a request any more.
  const count = depth > 1 ? Math.min(filling.count, 2) : filling.count;
  if (schema.isStructSchema()) {
    const members: Record<string, unknown> = {};
    for (const [name, member] of schema.structIterator())
      members[name] = Object.hasOwn(known, name)
        ? known[name]
        : valueOf(member, filling, known, depth + 1);
    return members;
  }
  if (schema.isListSchema()) {
    const item = valueOf(schema.getValueSchema(), filling, known, depth + 1);
    return item === undefined ? [] : Array(count).fill(item);
  }
  if (schema.isMapSchema()) {
    const item = valueOf(schema.getValueSchema(), filling, known, depth + 1);
    return Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`k${String(index)}`, item]),
    );
  }
  if (schema.isStringSchema()) return filling.text;
  if (schema.isBlobSchema()) return Buffer.from(filling.text);
  if (schema.isBooleanSchema()) return false;
  if (schema.isTimestampSchema()) return new Date(0);
  if (schema.isNumericSchema()) return 1;
  return undefined;
}
