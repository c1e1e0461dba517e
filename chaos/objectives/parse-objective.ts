import { nearest } from "../../command-line/nearest.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { metrics } from "./metrics.ts";
import type { Metric } from "./metrics.ts";
import type { Objective, Operator } from "./objective.ts";
import { parseQuantity } from "./units.ts";
import type { Unit } from "./units.ts";

/** `[experiment:] metric operator number[unit]`, with spaces or without. */
const form = /^(?:([\w-]+)\s*:\s*)?([a-z][\w.]*)\s*(<=|>=|≤|≥|<|>)\s*([^\s<>=≤≥][^<>=≤≥]*)$/i;

const examples = "recovery<10s, during.p99<500ms or after.availability>=99%";

/** Any number of these fails a drill already; an objective could only seem to allow some. */
const judgedAlways = ["lost", "stale", "torn", "phantom", "duplicated", "unsafe", "anomalies"];

/**
 * Reads an objective.
 *
 * @throws UsageError with one sentence on what is wrong
 */
export function parseObjective(given: string): Objective {
  const text = given.trim();
  const refuse = (what: string) => new UsageError(`Objective "${text}" ${what}`);
  const [, experiment, typed, sign, quantity] = form.exec(text) ?? [];
  if (typed === undefined || sign === undefined || quantity === undefined)
    throw refuse(`cannot be read; write a metric, <, <=, > or >=, and a limit: ${examples}.`);
  const metric = findMetric(typed.toLowerCase(), refuse);
  const limit = parseQuantity(quantity.trim().toLowerCase());
  const wanted = unitsOf(metric);
  if (!limit) throw refuse(`has no limit that can be read; ${metric.name} takes ${wanted}.`);
  const { unit, value } = limit;
  if (!metric.units.includes(unit))
    throw refuse(`has a limit of another kind; ${metric.name} takes ${wanted}.`);
  if (unit === "share" && value > 1) throw refuse("has a share above 100 %; no share is.");
  if (unit === "count" && !Number.isInteger(value))
    throw refuse(`has a broken number; ${metric.name} takes ${wanted}.`);
  const operator = sign.replace("≤", "<=").replace("≥", ">=") as Operator;
  return {
    text: `${metric.name}${operator}${quantity.replaceAll(/\s/g, "").toLowerCase()}`,
    ...(experiment !== undefined && { experiment }),
    ...{ metric, operator, limit: value, unit },
  };
}

function findMetric(name: string, refuse: (what: string) => UsageError): Metric {
  const found = metrics.find((metric) => metric.name === name);
  if (found) return found;
  const names = metrics.map((metric) => metric.name);
  if (judgedAlways.includes(name))
    throw refuse(
      `is not needed: a single ${name === "unsafe" ? "unsafe write" : "anomaly"} is not-held in every drill.`,
    );
  if (name === "debt")
    throw refuse("asks for what no drill measures; queue.peak is the most that was pending.");
  const phased = names.filter((each) => each.endsWith(`.${name}`));
  const meant = nearest(name, names);
  if (phased.length > 0) throw refuse(`names no phase; choose ${phased.join(", ")}.`);
  throw refuse(
    meant === undefined
      ? `is about no metric; there are ${names.join(", ")}.`
      : `is about no metric; did you mean ${meant}?`,
  );
}

const unitTexts: Readonly<Record<Unit, string>> = {
  time: "a time such as 500ms, 10s or 1min",
  share: "a share such as 99.9%",
  count: "a whole number",
};

function unitsOf({ units }: Metric): string {
  return units.map((unit) => unitTexts[unit]).join(", or ");
}
