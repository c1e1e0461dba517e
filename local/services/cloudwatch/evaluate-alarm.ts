import {
  type AlarmConfiguration,
  type AlarmState,
  comparisons,
  type TreatMissingData,
} from "./alarm.ts";
import { readPercentile, type StatisticSet, statisticOf } from "./statistic-set.ts";

/** What an alarm's datapoints say; `undefined` when the alarm keeps its state. */
export type Verdict = { readonly state: AlarmState; readonly reason: string } | undefined;

/**
 * Decides the state of an alarm from its evaluation periods, oldest first; `undefined` is a period
 * without data. Source: CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing
 * data".
 */
export function evaluateAlarm(
  alarm: AlarmConfiguration,
  periods: readonly (StatisticSet | undefined)[],
): Verdict {
  if (periods.some((set) => set && hasTooFewSamples(alarm, set))) return undefined;
  const values = periods
    .map((set) => set && statisticOf(set, alarm.statistic))
    .filter((value) => value !== undefined);
  const { breaches, words } = comparisons[alarm.comparisonOperator];
  const breaching = values.filter((value) => breaches(value, alarm.threshold));
  const missing = periods.length - values.length;
  const treatment = treatmentOf(alarm);
  const wanted = alarm.datapointsToAlarm ?? alarm.evaluationPeriods;

  const facts = describeValues(values, breaching.length, alarm, words);
  if (treatment === "breaching" || treatment === "notBreaching") {
    const count = breaching.length + (treatment === "breaching" ? missing : 0);
    const filled = missing > 0 ? ` ${describeMissing(missing)} treated as ${treatment}.` : "";
    return count >= wanted
      ? { state: "ALARM", reason: `Threshold Crossed: ${facts}${filled}` }
      : { state: "OK", reason: `Threshold Crossed: ${facts}${filled}` };
  }
  const reason = `Threshold Crossed: ${facts}`;
  if (values.length === 0)
    return treatment === "ignore"
      ? undefined
      : {
          state: "INSUFFICIENT_DATA",
          reason: `Insufficient Data: ${describeMissing(missing)} unknown.`,
        };
  if (breaching.length >= wanted) return { state: "ALARM", reason };
  if (breaching.length < values.length) return { state: "OK", reason };
  // All that is there breaches, and it is too little.
  return treatment === "ignore" ? undefined : { state: "ALARM", reason };
}

/** Alarms on DynamoDB always ignore missing data. Source: CloudWatch API, PutMetricAlarm. */
function treatmentOf({ metric, treatMissingData }: AlarmConfiguration): TreatMissingData {
  return metric.namespace === "AWS/DynamoDB" ? "ignore" : (treatMissingData ?? "missing");
}

/**
 * A percentile of a few samples says little. Source: CloudWatch User Guide, "Percentile-based
 * CloudWatch alarms and low data samples".
 */
function hasTooFewSamples(alarm: AlarmConfiguration, { sampleCount }: StatisticSet): boolean {
  const percentile = readPercentile(alarm.statistic);
  if (alarm.evaluateLowSampleCountPercentile !== "ignore" || percentile === undefined) return false;
  return sampleCount < 10 / (percentile < 0.5 ? percentile : 1 - percentile);
}

function describeMissing(count: number): string {
  return count === 1 ? "1 datapoint was" : `${String(count)} datapoints were`;
}

function describeValues(
  values: readonly number[],
  breaching: number,
  { threshold, evaluationPeriods }: AlarmConfiguration,
  words: string,
): string {
  const was = breaching === 1 ? "was" : "were";
  const shown = values.slice(-10).join(", ");
  return `${String(breaching)} of the last ${String(evaluationPeriods)} datapoints [${shown}] ${was} ${words} the threshold (${String(threshold)}).`;
}
