import { readArn } from "../../wire/arn.ts";
import { validationError } from "./errors.ts";
import type { ExperimentRunner } from "./experiment-runner.ts";
import type { ExperimentStore } from "./experiment-store.ts";
import type { TemplateDefinition } from "./template-schema.ts";

/** CloudWatch alarms as stop conditions see them. */
export interface AlarmWatch {
  /** `ALARM`, `OK` or `INSUFFICIENT_DATA`; `undefined` when there is no such alarm. */
  alarmState(alarmArn: string): string | undefined;
  /** Hears of every change of an alarm's state, at once. */
  onAlarmChange(listener: (alarmArn: string, state: string) => void): void;
}

/**
 * Why an experiment must not go on: an alarm that stops it is in ALARM. Throws ValidationException
 * for an alarm that cannot be watched. Source: FIS User Guide, "Stop conditions for AWS FIS".
 */
export function haltReason(
  definition: TemplateDefinition,
  alarms: AlarmWatch | undefined,
): string | undefined {
  for (const alarmArn of alarmsOf(definition)) {
    const state = alarms?.alarmState(alarmArn);
    if (state === undefined)
      throw validationError(
        alarms
          ? `The alarm of a stop condition is not there: ${alarmArn}.`
          : `The stop condition ${alarmArn} cannot be watched here, as there are no alarms; use the source none.`,
      );
    if (state === "ALARM") return reasonOf(alarmArn);
  }
  return undefined;
}

/** Stops running experiments as soon as one of their alarms goes to ALARM. */
export function watchStopConditions(
  alarms: AlarmWatch,
  { experiments, runner }: { experiments: ExperimentStore; runner: ExperimentRunner },
): void {
  alarms.onAlarmChange((alarmArn, state) => {
    if (state !== "ALARM") return;
    for (const experiment of experiments.list(readArn(alarmArn).region))
      if (alarmsOf(experiment.definition).includes(alarmArn))
        runner.stop(experiment, reasonOf(alarmArn));
  });
}

function alarmsOf({ stopConditions }: TemplateDefinition): string[] {
  return stopConditions
    .filter(({ source }) => source !== "none")
    .map(({ source, value }) => value ?? source);
}

function reasonOf(alarmArn: string): string {
  return `Experiment halted by stop condition: ${alarmArn} is in ALARM.`;
}
