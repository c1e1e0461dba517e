import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { z } from "zod";

const declaration = z.looseObject({
  type: z.enum(["string", "integer", "boolean", "array", "object"]).optional(),
  default: z.unknown().optional(),
  value: z.unknown().optional(),
});

const projectFile = z.looseObject({
  name: z.string(),
  config: z.record(z.string(), z.unknown()).optional(),
});

const stackFile = z.looseObject({ config: z.record(z.string(), z.unknown()).optional() });

export interface ProgramConfig {
  /** Name of the project. */
  readonly project: string;
  /** Full key (`project:key`) → value, as Pulumi hands them to a program: strings, or JSON. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Reads the configuration of a stack as the Pulumi CLI does: `Pulumi.yaml`'s defaults, then
 * `Pulumi.<stack>.yaml`, then overrides; a key without a namespace is the project's own.
 * Source: Pulumi documentation, "Pulumi project file reference", "Project-level configuration".
 *
 * @param folder of the two files, a `file:` URL that ends with a slash
 * @param overrides keys with or without a namespace
 * @throws Error naming the key and what is wrong with it
 */
export async function readConfig(
  folder: URL,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
): Promise<ProgramConfig> {
  const project = await readYaml(new URL("Pulumi.yaml", folder), projectFile);
  const ofStack = await readYaml(new URL(`Pulumi.${stack}.yaml`, folder), stackFile).catch(
    (error: unknown) => {
      // A stack without any configuration has no file.
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return { config: {} };
      throw error;
    },
  );
  const qualified = (key: string) => (key.includes(":") ? key : `${project.name}:${key}`);
  const values: Record<string, string> = {};
  const types = new Map<string, string>();
  for (const [key, given] of Object.entries(project.config ?? {})) {
    const declared = declaration.safeParse(given);
    const value = declared.success ? (declared.data.value ?? declared.data.default) : given;
    types.set(qualified(key), (declared.success && declared.data.type) || "");
    if (value !== undefined) {
      values[qualified(key)] = asText(key, value);
    }
  }
  const given = { ...ofStack.config, ...overrides };
  for (const [key, value] of Object.entries(given)) {
    const name = qualified(key);
    if (name.startsWith(`${project.name}:`) && !types.has(name)) {
      throw new Error(
        `The configuration key ${key} is not declared in Pulumi.yaml; ` +
          `declared are ${[...types.keys()].map((known) => known.replace(/^.*:/, "")).join(", ")}.`,
      );
    }
    values[name] = asText(key, value);
  }
  for (const [key, type] of types) {
    checkType(key, type, values[key], stack);
  }
  return { project: project.name, values };
}

function checkType(key: string, type: string, value: string | undefined, stack: string): void {
  if (value === undefined) {
    throw new Error(
      `The stack ${stack} has no value for the configuration key ${key}, which has no default.`,
    );
  }
  const fits =
    (type !== "integer" || /^-?\d+$/.test(value)) &&
    (type !== "boolean" || value === "true" || value === "false");
  if (!fits) {
    throw new Error(`The configuration key ${key} is "${value}", which is not of type ${type}.`);
  }
}

function asText(key: string, value: unknown): string {
  if (typeof value === "object" && value !== null) {
    if ("secure" in value) {
      throw new Error(
        `The configuration key ${key} is encrypted, and only the Pulumi CLI can read it: ` +
          "give the value as plain text for this stack.",
      );
    }
    return JSON.stringify(value);
  }
  return String(value);
}

async function readYaml<Schema extends z.ZodType>(
  file: URL,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const checked = schema.safeParse(parse(await readFile(file, "utf8")));
  if (!checked.success) {
    throw new Error(`${file.pathname} is not such a file: ${z.prettifyError(checked.error)}`);
  }
  return checked.data;
}
