import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
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
  template: z.looseObject({ config: z.record(z.string(), z.unknown()).optional() }).nullish(),
});

const stackFile = z.looseObject({ config: z.record(z.string(), z.unknown()).nullish() }).nullable();

export interface ProgramConfig {
  /** Name of the project. */
  readonly project: string;
  /** Full key (`project:key`) → value, as Pulumi hands them to a program: strings, or JSON. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Reads the configuration of a stack as the Pulumi CLI does: `Pulumi.yaml`'s defaults, then
 * `Pulumi.<stack>.yaml`, then overrides; a key without a namespace is the project's own. A stack that
 * has no file gets the defaults that `pulumi new` would have offered (`template:`).
 * Source: Pulumi documentation, "Pulumi project file reference", "Project-level configuration".
 *
 * @param folder of the two files, a `file:` URL that ends with a slash
 * @param overrides keys with or without a namespace
 * @param offered values for keys that the program declares, or that nothing else gives a value
 * @throws Error naming the keys and what is wrong with them
 */
export async function readConfig(
  folder: URL,
  stack: string,
  overrides: Readonly<Record<string, string>> = {},
  offered: Readonly<Record<string, string>> = {},
): Promise<ProgramConfig> {
  const project = await readProject(folder);
  const file = new URL(`Pulumi.${stack}.yaml`, folder);
  const ofStack = existsSync(file) ? await readYaml(file, stackFile) : undefined;
  const qualified = (key: string) => (key.includes(":") ? key : `${project.name}:${key}`);
  const values: Record<string, string> = {};
  const types = new Map<string, string>();
  const declared = Object.entries(project.config ?? {});
  for (const [key, given] of declared) {
    const { value, type } = declarationOf(given);
    types.set(qualified(key), type);
    if (value !== undefined) values[qualified(key)] = asText(value);
  }
  if (ofStack === undefined)
    for (const [key, given] of Object.entries(project.template?.config ?? {})) {
      const { value } = declarationOf(given);
      if (value !== undefined) values[qualified(key)] ??= asText(value);
    }
  const isOwn = (key: string) => key.startsWith(`${project.name}:`);
  // A program that declares none of its keys may read any.
  const declaresOwn = [...types.keys()].some(isOwn);
  for (const key of Object.keys(overrides))
    if (declaresOwn && isOwn(qualified(key)) && !types.has(qualified(key)))
      throw new Error(
        `The configuration key ${key} is not declared in Pulumi.yaml; ` +
          `declared are ${[...types.keys()].map((known) => known.replace(/^.*:/, "")).join(", ")}.`,
      );
  const given = new Map<string, unknown>();
  for (const [key, value] of Object.entries(ofStack?.config ?? {}))
    given.set(qualified(key), value);
  for (const [key, value] of Object.entries(overrides)) given.set(qualified(key), value);
  refuseEncrypted(given);
  for (const [key, value] of given) values[key] = asText(value);
  for (const [key, value] of Object.entries(offered))
    if (types.has(qualified(key)) || !(qualified(key) in values)) values[qualified(key)] = value;
  refuseMissing(
    [...types.keys()].filter((key) => values[key] === undefined),
    folder,
    stack,
  );
  for (const [key, type] of types) checkType(key, type, values[key] ?? "");
  return { project: project.name, values };
}

/** The project file; a template's has a name for `pulumi new` to fill in, which is its folder's here. */
async function readProject(folder: URL): Promise<z.infer<typeof projectFile>> {
  const project = await readYaml(new URL("Pulumi.yaml", folder), projectFile);
  if (project.name !== "${PROJECT}") return project;
  return { ...project, name: basename(fileURLToPath(new URL(".", folder))) };
}

function declarationOf(given: unknown): { value: unknown; type: string } {
  const { success, data } = declaration.safeParse(given);
  if (!success) return { value: given, type: "" };
  return { value: data.value ?? data.default, type: data.type ?? "" };
}

function refuseMissing(keys: readonly string[], folder: URL, stack: string): void {
  if (keys.length === 0) return;
  const others = stacksOf(folder).filter((name) => name !== stack);
  throw new Error(
    `The stack ${stack} has no value for the configuration key${keys.length > 1 ? "s" : ""} ` +
      `${keys.join(", ")}, which ${keys.length > 1 ? "have" : "has"} no default: set ` +
      `${keys.length > 1 ? "them" : "it"} in Pulumi.${stack}.yaml or with --config KEY=VALUE` +
      `${others.length > 0 ? `, or deploy the stack ${others.join(" or ")}` : ""}.`,
  );
}

/** Names of the stacks that have a file. */
export function stacksOf(folder: URL): string[] {
  const path = fileURLToPath(new URL(".", folder));
  return (existsSync(path) ? readdirSync(path) : []).flatMap(
    (file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
  );
}

function refuseEncrypted(given: ReadonlyMap<string, unknown>): void {
  const encrypted = [...given]
    .filter(([, value]) => typeof value === "object" && value !== null && "secure" in value)
    .map(([key]) => key);
  if (encrypted.length === 0) return;
  throw new Error(
    `The configuration key${encrypted.length > 1 ? "s" : ""} ${encrypted.join(", ")} ` +
      `${encrypted.length > 1 ? "are" : "is"} encrypted, and only the Pulumi CLI can read ` +
      `${encrypted.length > 1 ? "them" : "it"}: give plain text with --config KEY=VALUE.`,
  );
}

function checkType(key: string, type: string, value: string): void {
  const fits =
    (type !== "integer" || /^-?\d+$/.test(value)) &&
    (type !== "boolean" || value === "true" || value === "false");
  if (!fits) {
    throw new Error(`The configuration key ${key} is "${value}", which is not of type ${type}.`);
  }
}

function asText(value: unknown): string {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
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
