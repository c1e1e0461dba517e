import * as aws from "@pulumi/aws";
import { validateResourceOfType } from "@pulumi/policy";
import { ofClass } from "../graph/find.ts";
import { ifKnown, UNKNOWN } from "../graph/unknown.ts";
import { choices, chosen, type ResourceRule, type StackRule } from "./rule.ts";

export const logGroupHasRetention: ResourceRule = {
  name: "log-group-has-retention",
  description: "Checks that a log group does not keep its logs for ever.",
  severity: "low",
  remediationSteps: "Set retentionInDays on the log group.",
  url: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html",
  configSchema: choices({
    mostDays: { default: 3_653, minimum: 1, description: "The longest retention in days." },
  }),
  validateResource: validateResourceOfType(aws.cloudwatch.LogGroup, (logGroup, args, report) => {
    const { mostDays } = chosen(args, { mostDays: 3_653 });
    const days = ifKnown(() => logGroup.retentionInDays ?? 0);
    if (days === UNKNOWN) return;
    // 0 is the provider's word for no expiry.
    if (days === 0) report(`Log group ${args.name} keeps its logs for ever. Set retentionInDays.`);
    else if (days > mostDays)
      report(
        `Log group ${args.name} keeps its logs ${String(days)} days. Set retentionInDays to at most ${String(mostDays)}.`,
      );
  }),
};

export const functionHasLogGroup: StackRule = {
  name: "function-has-log-group",
  description:
    "Checks that a function's log group is in the stack, because Lambda makes one without retention.",
  severity: "medium",
  remediationSteps:
    "Declare an aws.cloudwatch.LogGroup named /aws/lambda/ and the function's name, before the function.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-loggroups.html",
  validateStack: ({ resources }, reportViolation) => {
    const logGroups = ofClass(resources, aws.cloudwatch.LogGroup);
    const names = logGroups.map(({ props }) => ifKnown(() => props.name));
    for (const { resource: from, props } of ofClass(resources, aws.lambda.Function)) {
      const given = ifKnown(() => props.loggingConfig?.logGroup);
      const name = ifKnown(() => `/aws/lambda/${props.name}`);
      const isThere =
        typeof given === "string"
          ? names.includes(given)
          : name === UNKNOWN || names.includes(UNKNOWN) || names.includes(name);
      if (!isThere)
        reportViolation(
          `Function ${from.name} writes to a log group that is not in the stack, so its logs are kept for ever. Declare an aws.cloudwatch.LogGroup named ${typeof given === "string" ? given : String(name)}.`,
          from.urn,
        );
    }
  },
};

/** A reason is a sentence, not a word. */
const REASON_LENGTH = 20;

export const functionIsTraced: ResourceRule = {
  name: "function-is-traced",
  description: "Checks that a function is traced, or says in its tag tracing why it is not.",
  severity: "low",
  remediationSteps:
    'Set tracingConfig: { mode: "Active" } on the function, or a tag tracing that starts with "Off:" and says why.',
  url: "https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html",
  validateResource: validateResourceOfType(aws.lambda.Function, (fn, args, report) => {
    const mode = ifKnown(() => fn.tracingConfig?.mode);
    const tag = ifKnown(() => fn.tags?.tracing);
    if (mode === UNKNOWN || tag === UNKNOWN || mode === "Active") return;
    if (tag !== undefined && /^off:/i.test(tag) && tag.length >= REASON_LENGTH) return;
    report(
      `Function ${args.name} is not traced and does not say why. Set tracingConfig: { mode: "Active" }, or a tag tracing that starts with "Off:" and says why.`,
    );
  }),
};
