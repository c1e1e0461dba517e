import type * as pulumi from "@pulumi/pulumi";
import { readdirSync, readFileSync } from "node:fs";

/** One folder a scenario. What is read there is data; nothing of the drill is imported. */
const scenarios = new URL("../chaos/experiments/", import.meta.url);

/**
 * What the program puts in the place of `${name}`: a text, or in a list several. Undefined in a
 * configuration that has no such thing; templates that name it are then left out.
 */
export type TemplateValues = Readonly<
  Record<string, pulumi.Input<string> | readonly pulumi.Input<string>[] | undefined>
>;

/**
 * The FIS templates of all scenarios, as CreateExperimentTemplate takes them.
 *
 * @param file its name in the scenario's folder; not every scenario has one
 * @param values for the names in `${…}`
 * @throws an error that names the file and a name without a value
 */
export function scenarioTemplates<Template>(
  file: string,
  values: TemplateValues,
): Readonly<Record<string, Template>> {
  const templates: Record<string, Template> = {};
  for (const entry of readdirSync(scenarios, { withFileTypes: true })) {
    const text = entry.isDirectory()
      ? read(new URL(`${entry.name}/${file}`, scenarios))
      : undefined;
    if (text === undefined) continue;
    const names = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name);
    const unknown = names.find((name) => !(name in values));
    if (unknown !== undefined)
      throw new Error(
        `chaos/experiments/${entry.name}/${file} names \${${unknown}}; the program has values for ${Object.keys(values).join(", ")}.`,
      );
    if (names.every((name) => values[name] !== undefined))
      templates[entry.name] = fill(JSON.parse(text), values) as Template;
  }
  return templates;
}

function read(url: URL): string | undefined {
  try {
    return readFileSync(url, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function fill(part: unknown, values: TemplateValues): unknown {
  if (typeof part === "string") return fillText(part, values);
  if (Array.isArray(part)) return part.flatMap((each) => fill(each, values));
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, fill(each, values)]));
}

/** A text that is a name alone becomes its value, which may be a list or known only later. */
function fillText(text: string, values: TemplateValues): unknown {
  const [, alone] = /^\$\{(\w+)\}$/.exec(text) ?? [];
  if (alone !== undefined) return values[alone];
  return text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
