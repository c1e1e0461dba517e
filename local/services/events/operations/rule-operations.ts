import { AwsError } from "../../../wire/aws-error.ts";
import type { AwsCall } from "../../../wire/aws-call.ts";
import type { JsonInput } from "../../json-service.ts";
import type { EventsContext, EventsOperations } from "../events-context.ts";
import { busNameOf, invalid, nameBounds, optionalTextOf, textOf } from "../events-input.ts";
import { pageOf } from "../page.ts";
import { compileEventPattern } from "../pattern/compile-event-pattern.ts";
import { readTags, setTags } from "../read-tags.ts";
import type { Rule, RuleSettings } from "../rule.ts";
import { parseSchedule } from "../schedule/parse-schedule.ts";

const states = ["ENABLED", "DISABLED", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"];
const maxRules = 300;

/** Source: EventBridge API 2015-10-07. */
export const ruleOperations: EventsOperations = {
  PutRule(input, { buses, scheduler }, call) {
    const name = textOf(input, "Name", nameBounds);
    const bus = buses.get(call.region, busNameOf(input, call));
    const settings = readSettings(input, bus.name);
    const tags = readTags(input);
    let rule = bus.rules.get(name);
    if (rule) rule.settings = settings;
    else {
      if (bus.rules.size >= maxRules)
        throw new AwsError(
          "LimitExceededException",
          "The requested resource exceeds the maximum number allowed.",
        );
      const path = bus.name === "default" ? name : `${bus.name}/${name}`;
      rule = {
        name,
        arn: `arn:aws:events:${call.region}:${call.accountId}:rule/${path}`,
        busName: bus.name,
        region: call.region,
        accountId: call.accountId,
        settings,
        targets: new Map(),
        tags: new Map(),
      };
      setTags(rule.tags, tags);
      bus.rules.set(name, rule);
    }
    scheduler.update(rule);
    return { RuleArn: rule.arn };
  },

  DescribeRule(input, context, call) {
    const rule = ruleOf(input, context, call);
    return { ...describe(rule), CreatedBy: call.accountId };
  },

  ListRules(input, { buses }, call) {
    const prefix = optionalTextOf(input, "NamePrefix", nameBounds) ?? "";
    const { rules } = buses.get(call.region, busNameOf(input, call));
    const found = [...rules.values()].filter(({ name }) => name.startsWith(prefix));
    const { items, next } = pageOf(input, found, ({ name }) => name);
    return { Rules: items.map(describe), ...next };
  },

  ListRuleNamesByTarget(input, { buses }, call) {
    const arn = textOf(input, "TargetArn", { max: 1600 });
    const { rules } = buses.get(call.region, busNameOf(input, call));
    const found = [...rules.values()]
      .filter(({ targets }) => [...targets.values()].some((target) => target.arn === arn))
      .map(({ name }) => name);
    const { items, next } = pageOf(input, found, (name) => name);
    return { RuleNames: items, ...next };
  },

  DeleteRule(input, { buses, scheduler }, call) {
    const name = textOf(input, "Name", nameBounds);
    const bus = buses.get(call.region, busNameOf(input, call));
    const rule = bus.rules.get(name);
    if (!rule) return;
    if (rule.targets.size > 0) throw invalid("Rule can't be deleted since it has targets.");
    scheduler.remove(rule);
    bus.rules.delete(name);
  },

  EnableRule: (input, context, call) => {
    setState(ruleOf(input, context, call), "ENABLED", context);
  },

  DisableRule: (input, context, call) => {
    setState(ruleOf(input, context, call), "DISABLED", context);
  },
};

function setState(rule: Rule, state: string, { scheduler }: EventsContext): void {
  rule.settings = { ...rule.settings, state };
  scheduler.update(rule);
}

/** Throws ResourceNotFoundException. */
export function ruleOf(
  input: JsonInput,
  { buses }: EventsContext,
  call: AwsCall,
  member = "Name",
): Rule {
  const name = textOf(input, member, nameBounds);
  return buses.rule(call.region, busNameOf(input, call), name);
}

function readSettings(input: JsonInput, busName: string): RuleSettings {
  const eventPattern = optionalTextOf(input, "EventPattern") || undefined;
  const scheduleExpression = optionalTextOf(input, "ScheduleExpression", { max: 256 }) || undefined;
  if (eventPattern === undefined && scheduleExpression === undefined)
    throw invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
  if (scheduleExpression !== undefined && busName !== "default")
    throw invalid("ScheduleExpression is supported only on the default event bus.");
  const state = optionalTextOf(input, "State") ?? "ENABLED";
  if (!states.includes(state)) throw invalid(`State must be one of ${states.join(", ")}.`);
  return {
    description: optionalTextOf(input, "Description", { max: 512 }),
    eventPattern,
    matches: eventPattern === undefined ? undefined : compileEventPattern(eventPattern),
    scheduleExpression,
    schedule:
      scheduleExpression === undefined ? undefined : parseSchedule(scheduleExpression, Date.now()),
    state,
    roleArn: optionalTextOf(input, "RoleArn", { max: 1600 }),
  };
}

function describe({ name, arn, busName, settings }: Rule) {
  return {
    Name: name,
    Arn: arn,
    EventBusName: busName,
    EventPattern: settings.eventPattern,
    ScheduleExpression: settings.scheduleExpression,
    State: settings.state,
    Description: settings.description,
    RoleArn: settings.roleArn,
  };
}
