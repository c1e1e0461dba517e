import * as aws from "@pulumi/aws";
import { validateResourceOfType } from "@pulumi/policy";
import { defaultTagsOf } from "../graph/default-tags.ts";
import { ifKnown, plainIfKnown, UNKNOWN } from "../graph/unknown.ts";
import { choices, chosen, type ResourceRule } from "./rule.ts";

const URL = "https://docs.aws.amazon.com/fis/latest/userguide/experiment-templates.html";

/**
 * Actions that take no parameter that ends them, because they happen at once. Source: FIS User Guide, "AWS FIS
 * actions reference", Parameters. There `aws:ebs:pause-volume-io` and
 * `aws:ecs:drain-container-instances` take a duration; for `aws:ec2:stop-instances` it is optional,
 * and without it the instances stay stopped.
 */
const INSTANT = new Set([
  "aws:cloudwatch:assert-alarm-state",
  "aws:ec2:reboot-instances",
  "aws:ec2:send-spot-instance-interruptions",
  "aws:ec2:terminate-instances",
  "aws:ecs:stop-task",
  "aws:ecs:task-kill-process",
  "aws:eks:pod-delete",
  "aws:eks:terminate-nodegroup-instances",
  "aws:rds:failover-db-cluster",
  "aws:rds:reboot-db-instances",
]);
/** Parameters that bound an action in time, there and for Systems Manager. */
const DURATIONS = ["duration", "maxDuration", "startInstancesAfterDuration"];

export const experimentHasDuration: ResourceRule = {
  name: "experiment-has-duration",
  description: "Checks that every action of an experiment ends by itself.",
  severity: "critical",
  remediationSteps:
    "Give every action a parameter duration (maxDuration for an automation), such as PT5M.",
  url: URL,
  configSchema: choices({
    mostMinutes: { default: 30, minimum: 1, description: "The longest duration in minutes." },
  }),
  validateResource: validateResourceOfType(aws.fis.ExperimentTemplate, (template, args, report) => {
    const { mostMinutes } = chosen(args, { mostMinutes: 30 });
    const actions = plainIfKnown(() => template.actions);
    if (actions === UNKNOWN) return;
    for (const { name, actionId, parameters = [] } of actions) {
      if (INSTANT.has(actionId)) continue;
      const duration = parameters.find(({ key }) => DURATIONS.includes(key))?.value;
      const minutes = duration === undefined ? undefined : minutesOf(duration);
      if (minutes === undefined)
        report(
          `Experiment ${args.name} has an action ${name} (${actionId}) without a duration, so it goes on until somebody stops it. Set its parameter duration, such as PT5M.`,
        );
      else if (minutes > mostMinutes)
        report(
          `Experiment ${args.name} has an action ${name} (${actionId}) of ${String(minutes)} minutes. Set its duration to at most ${String(mostMinutes)} minutes.`,
        );
      else if (minutes < 1 && actionId.startsWith("aws:") && !actionId.startsWith("aws:ebs:"))
        report(
          `Experiment ${args.name} has an action ${name} (${actionId}) of ${String(Math.round(minutes * 60))} s, which AWS refuses. Set its duration to PT1M or more.`,
        );
    }
  }),
};

/** @returns the minutes of an ISO 8601 duration of days or less; undefined if it is not one. */
function minutesOf(duration: string): number | undefined {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (match === null || duration.length < 3) return undefined;
  const [days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return ((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0) + (seconds ?? 0) / 60;
}

export const experimentIsLogged: ResourceRule = {
  name: "experiment-is-logged",
  description: "Checks that an experiment logs what it did and when.",
  severity: "medium",
  remediationSteps: "Set logConfiguration with a log group or a bucket, and logSchemaVersion 2.",
  url: "https://docs.aws.amazon.com/fis/latest/userguide/monitoring-logging.html",
  validateResource: validateResourceOfType(aws.fis.ExperimentTemplate, (template, args, report) => {
    const isLogged = ifKnown(() => {
      const { cloudwatchLogsConfiguration, s3Configuration } = template.logConfiguration ?? {};
      return cloudwatchLogsConfiguration !== undefined || s3Configuration !== undefined;
    });
    if (isLogged === false)
      report(
        `Experiment ${args.name} logs nothing, so nobody can tell afterwards what it hit. Set logConfiguration.`,
      );
  }),
};

export const experimentHasTargets: ResourceRule = {
  name: "experiment-has-targets",
  description: "Checks that an experiment hits something, and fails if it finds nothing to hit.",
  severity: "high",
  remediationSteps:
    'Give each target resourceArns or resourceTags, and set experimentOptions.emptyTargetResolutionMode to "fail".',
  url: "https://docs.aws.amazon.com/fis/latest/userguide/targets.html",
  validateResource: validateResourceOfType(aws.fis.ExperimentTemplate, (template, args, report) => {
    const mode = ifKnown(() => template.experimentOptions?.emptyTargetResolutionMode);
    if (mode === "skip")
      report(
        `Experiment ${args.name} skips actions that find no target, so it can pass without a fault. Set experimentOptions.emptyTargetResolutionMode to "fail".`,
      );
    for (const index of [...(template.targets ?? []).keys()]) {
      const target = template.targets?.[index];
      const name = ifKnown(() => target?.name ?? String(index));
      const chosenBy = ifKnown(
        () => (target?.resourceArns ?? []).length + (target?.resourceTags ?? []).length,
      );
      if (chosenBy === 0)
        report(
          `Experiment ${args.name} has a target ${String(name)} that names no resource and no tag. Set resourceArns or resourceTags.`,
        );
    }
  }),
};

const PRODUCTION = /^prod(uction)?$/i;
const ENVIRONMENT_TAGS = ["environment", "env", "stage"];
const EXTENSION_WRAPPER = "/opt/aws-fis/bootstrap";

export const noFaultsInProduction: ResourceRule = {
  name: "no-faults-in-production",
  description: "Checks that a stack tagged as production has nothing that injects faults.",
  severity: "critical",
  remediationSteps:
    "Declare experiments and the FIS extension in a stack of their own, or take them out of this one.",
  url: URL,
  validateResource: (args, report) => {
    const template = args.asType(aws.fis.ExperimentTemplate);
    const fn = args.asType(aws.lambda.Function);
    const wrapper = ifKnown(() => fn?.environment?.variables?.AWS_LAMBDA_EXEC_WRAPPER);
    if (template === undefined && wrapper !== EXTENSION_WRAPPER)
      args.notApplicable("The resource injects no fault.");
    const own = ifKnown(() => ({ ...(args.props.tags as Record<string, string> | undefined) }));
    const tags = [
      ...args.stackTags.entries(),
      ...Object.entries(defaultTagsOf(args.provider)),
      ...(own === UNKNOWN ? [] : Object.entries(own)),
    ];
    const tag = tags.find(
      ([key, value]) => ENVIRONMENT_TAGS.includes(key.toLowerCase()) && PRODUCTION.test(value),
    );
    if (tag !== undefined)
      report(
        `${template ? "Experiment" : "Function"} ${args.name} injects faults in a stack tagged ${tag.join(": ")}. Declare it in a stack of its own.`,
      );
  },
};
