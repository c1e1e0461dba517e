import { NormalizedSchema } from "@smithy/core/schema";

/** A member of an operation's input in the SDK's model. */
export interface ModelMember {
  /** Such as `Code.S3Bucket`; lists are left out, `{}` stands for the values of a map. */
  readonly path: string;
  /** An input of the SDK with this member alone set, to a value that is not empty. */
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Every member of an input, structures before what stands in them. `AttributeValue` is left out:
 * what stands in it is data.
 */
export function walkMembers(schema: unknown): ModelMember[] {
  return walk(NormalizedSchema.of(schema as never), [], (value) => value as never);
}

function walk(
  schema: NormalizedSchema,
  names: readonly string[],
  wrap: (value: unknown) => Readonly<Record<string, unknown>>,
  prefix = "",
): ModelMember[] {
  if (schema.isListSchema())
    return walk(schema.getValueSchema(), names, (value) => wrap([value]), prefix);
  if (schema.isMapSchema())
    return walk(
      schema.getValueSchema(),
      names,
      (value) => wrap({ key: value }),
      prefix.replace(/\.$/, "{}."),
    );
  if (!schema.isStructSchema()) return [];
  const name = schema.getName() ?? "";
  if (names.includes(name) || name === "AttributeValue") return [];
  return [...schema.structIterator()].flatMap(([member, memberSchema]) => {
    const path = `${prefix}${member}`;
    const inside = (value: unknown) => wrap({ [member]: value });
    return [
      { path, input: inside(sampleOf(memberSchema)) },
      ...walk(memberSchema, [...names, name], inside, `${path}.`),
    ];
  });
}

/** A value that no default equals. */
function sampleOf(schema: NormalizedSchema, names: readonly string[] = []): unknown {
  if (schema.isListSchema()) return [sampleOf(schema.getValueSchema(), names)];
  if (schema.isMapSchema()) return { key: sampleOf(schema.getValueSchema(), names) };
  if (schema.isStructSchema()) {
    const name = schema.getName() ?? "";
    if (names.includes(name)) return {};
    return Object.fromEntries(
      [...schema.structIterator()].map(([member, inner]) => [
        member,
        sampleOf(inner, [...names, name]),
      ]),
    );
  }
  if (schema.isBooleanSchema()) return true;
  if (schema.isNumericSchema()) return 7;
  if (schema.isTimestampSchema()) return new Date(0);
  if (schema.isBlobSchema()) return new Uint8Array([1]);
  return "sample";
}
