import type { Rule } from "../rule.ts";
import type { Target } from "../target.ts";
import { applyTemplate } from "./apply-template.ts";
import type { BusEvent } from "./bus-event.ts";
import { readPath } from "./read-path.ts";

/** What a target gets of an event, as text: all of it, a part, a constant, or a template filled in. */
export function payloadOf(event: BusEvent, rule: Rule, target: Target): string {
  if (target.input !== undefined) return target.input;
  if (target.inputPath !== undefined)
    return JSON.stringify(readPath(target.inputPath)(event) ?? null);
  if (!target.inputTransformer) return JSON.stringify(event);
  const { paths, template } = target.inputTransformer;
  const values = new Map<string, unknown>(
    Object.entries(paths).map(([name, path]) => [name, readPath(path)(event)]),
  );
  values.set("aws.events.rule-arn", rule.arn);
  values.set("aws.events.rule-name", rule.name);
  values.set("aws.events.event.ingestion-time", new Date().toISOString());
  const withoutDetail = { ...event, detail: undefined };
  values.set("aws.events.event", withoutDetail);
  values.set("aws.events.event.json", event);
  return applyTemplate(template, values);
}
