import * as aws from "@pulumi/aws";
import type { PolicyResource } from "@pulumi/policy";
import type { ExperimentTemplate } from "./experiment-templates.ts";
import { type Found, follow, ofClass } from "./find.ts";
import { ifKnown, UNKNOWN, type Unknown } from "./unknown.ts";

/** The alarms that end an experiment, those that a composite alarm names among them. */
export interface StopAlarms {
  readonly seen: readonly Found<aws.cloudwatch.MetricAlarm>[];
  /** Names or ARNs of alarms that are not in the stack. */
  readonly unseen: readonly string[];
  /** Whether there are others that a preview cannot know. */
  readonly partial: boolean;
}

type Name = string | Unknown | undefined;

/** A property that names alarms. */
interface Reference {
  readonly from: PolicyResource;
  readonly property: string;
  readonly values: readonly Name[];
}

/** @returns undefined for an experiment without an alarm, UNKNOWN in a preview that cannot tell. */
export function stopAlarmsOf(
  resources: readonly PolicyResource[],
  { resource: from, props }: ExperimentTemplate,
): StopAlarms | Unknown | undefined {
  const conditions = ifKnown(() =>
    [...props.stopConditions.keys()].map((index): { source: Name; value: Name } => ({
      source: ifKnown(() => props.stopConditions[index]?.source),
      value: ifKnown(() => props.stopConditions[index]?.value),
    })),
  );
  if (conditions === UNKNOWN) return UNKNOWN;
  const alarms = conditions.filter(({ source }) => source === "aws:cloudwatch:alarm");
  if (alarms.length === 0) return undefined;
  const values = alarms.map(({ value }) => value);
  return resolve(resources, { from, property: "stopConditions", values }, new Set());
}

function resolve(
  resources: readonly PolicyResource[],
  { from, property, values }: Reference,
  visited: Set<PolicyResource>,
): StopAlarms {
  const parts = values
    .filter((value) => typeof value === "string")
    .map((value): StopAlarms => {
      const metric = follow(resources, { from, property, value, to: aws.cloudwatch.MetricAlarm });
      if (metric) return { seen: [metric], unseen: [], partial: false };
      const composite = follow(resources, {
        from,
        property,
        value,
        to: aws.cloudwatch.CompositeAlarm,
      });
      if (composite) return alarmsOfRule(resources, composite, visited);
      return { seen: [], unseen: [value], partial: false };
    });
  const unknown = values.filter((value) => value === UNKNOWN).length;
  if (unknown > 0) {
    // A preview cannot tell which of them is which.
    const candidates = from.propertyDependencies[property] ?? [];
    const metrics = ofClass(candidates, aws.cloudwatch.MetricAlarm);
    const composites = ofClass(candidates, aws.cloudwatch.CompositeAlarm);
    parts.push(
      { seen: metrics, unseen: [], partial: metrics.length + composites.length < unknown },
      ...composites.map((composite) => alarmsOfRule(resources, composite, visited)),
    );
  }
  return {
    seen: parts.flatMap(({ seen }) => seen),
    unseen: parts.flatMap(({ unseen }) => unseen),
    partial: parts.some(({ partial }) => partial),
  };
}

/** `ALARM(name)`, `OK("name")`, … Source: CloudWatch API, PutCompositeAlarm, AlarmRule. */
const ALARM_IN_RULE = /\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*("[^"]+"|'[^']+'|[^()"'\s]+)\s*\)/gi;

function alarmsOfRule(
  resources: readonly PolicyResource[],
  { resource: from, props }: Found<aws.cloudwatch.CompositeAlarm>,
  visited: Set<PolicyResource>,
): StopAlarms {
  if (visited.has(from)) return { seen: [], unseen: [], partial: false };
  visited.add(from);
  const rule = ifKnown(() => props.alarmRule);
  const values: Name[] =
    rule === UNKNOWN
      ? [UNKNOWN]
      : [...rule.matchAll(ALARM_IN_RULE)].map(([, name = ""]) => name.replace(/["']/g, ""));
  return resolve(resources, { from, property: "alarmRule", values }, visited);
}
