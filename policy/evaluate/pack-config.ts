import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { RuleInfo } from "./read-analysis.ts";

/** Rule → settings. */
export type PackConfig = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const level = z.enum(["advisory", "mandatory", "remediate", "disabled"]);
const settings = z.looseObject({ enforcementLevel: level.optional() });
const packConfig = z.record(z.string(), z.union([level, settings]));

/**
 * Reads the configuration of a policy pack as `pulumi preview --policy-pack-config` takes it: a rule's
 * settings, its enforcement level or both, and under `all` the level of every rule.
 *
 * @throws Error, one sentence on what no rule of the pack takes.
 */
export async function readPackConfig(
  file: string,
  rules: readonly RuleInfo[],
): Promise<PackConfig> {
  const given = packConfig.safeParse(parseJson(file, await readFile(file, "utf8")));
  if (!given.success)
    throw new Error(
      `${file} is not the configuration of a policy pack: write {"RULE": {"SETTING": value}}.`,
    );
  const { all, ...named } = Object.fromEntries(
    Object.entries(given.data).map(([name, value]) => [
      name,
      typeof value === "string" ? { enforcementLevel: value } : value,
    ]),
  );
  for (const [name, chosen] of Object.entries(named)) check(file, name, chosen, rules);
  return Object.fromEntries(rules.map(({ name }) => [name, { ...all, ...named[name] }] as const));
}

function check(
  file: string,
  name: string,
  chosen: Readonly<Record<string, unknown>>,
  rules: readonly RuleInfo[],
): void {
  const rule = rules.find((known) => known.name === name);
  if (rule === undefined)
    throw new Error(`${file} names a rule ${name}, which the pack does not have.`);
  const known = Object.keys(rule.settings);
  const unknown = Object.keys(chosen).filter(
    (setting) => setting !== "enforcementLevel" && !known.includes(setting),
  );
  if (unknown.length > 0)
    throw new Error(
      `${file} gives ${name} a setting ${unknown.join(", ")} that it does not have: write ${known.join(" or ") || "none"}.`,
    );
  const schema = z.fromJSONSchema({ type: "object", properties: rule.settings });
  const issue = schema.safeParse(chosen).error?.issues[0];
  if (issue !== undefined)
    throw new Error(`${file} gives ${name} a wrong ${issue.path.join(".")}: ${issue.message}.`);
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON: ${(error as Error).message}.`, { cause: error });
  }
}
