import { expect } from "chai";
import type {
  AlarmConfiguration,
  TreatMissingData,
} from "../../../local/services/cloudwatch/alarm.ts";
import { evaluateAlarm } from "../../../local/services/cloudwatch/evaluate-alarm.ts";
import {
  addValue,
  emptyStatisticSet,
  type StatisticSet,
} from "../../../local/services/cloudwatch/statistic-set.ts";

const alarm: AlarmConfiguration = {
  description: undefined,
  actionsEnabled: true,
  actions: { OK: [], ALARM: [], INSUFFICIENT_DATA: [] },
  metric: { namespace: "Test", name: "Errors", dimensions: {} },
  statistic: "Sum",
  unit: undefined,
  periodSeconds: 60,
  evaluationPeriods: 3,
  datapointsToAlarm: undefined,
  threshold: 5,
  comparisonOperator: "GreaterThanThreshold",
  treatMissingData: undefined,
  evaluateLowSampleCountPercentile: undefined,
};

function setOf(...values: number[]): StatisticSet {
  const set = emptyStatisticSet();
  for (const value of values) addValue(set, value, 1);
  return set;
}

/** `0` is within the threshold, `X` breaches it, `-` is missing; oldest first. */
function stateOf(periods: string, changed: Partial<AlarmConfiguration> = {}): string {
  const sets = periods
    .split(" ")
    .map((sign) => (sign === "-" ? undefined : setOf(sign === "X" ? 9 : 0)));
  return evaluateAlarm({ ...alarm, ...changed }, sets)?.state ?? "kept";
}

// The tables of the CloudWatch User Guide, "Configuring how CloudWatch alarms treat missing data",
// where they concern the evaluation periods alone.
const threeOfThree: [string, Record<TreatMissingData, string>][] = [
  ["0 X X", { missing: "OK", ignore: "OK", breaching: "OK", notBreaching: "OK" }],
  ["X X X", { missing: "ALARM", ignore: "ALARM", breaching: "ALARM", notBreaching: "ALARM" }],
  ["- - 0", { missing: "OK", ignore: "OK", breaching: "OK", notBreaching: "OK" }],
  [
    "- - -",
    { missing: "INSUFFICIENT_DATA", ignore: "kept", breaching: "ALARM", notBreaching: "OK" },
  ],
  ["X - -", { missing: "ALARM", ignore: "kept", breaching: "ALARM", notBreaching: "OK" }],
];
const twoOfThree: typeof threeOfThree = [
  ["X 0 X", { missing: "ALARM", ignore: "ALARM", breaching: "ALARM", notBreaching: "ALARM" }],
  ["0 X -", { missing: "OK", ignore: "OK", breaching: "ALARM", notBreaching: "OK" }],
  ["- - 0", { missing: "OK", ignore: "OK", breaching: "ALARM", notBreaching: "OK" }],
  ["- - X", { missing: "ALARM", ignore: "kept", breaching: "ALARM", notBreaching: "OK" }],
];

describe("evaluateAlarm", () => {
  for (const [datapointsToAlarm, table] of [
    [undefined, threeOfThree],
    [2, twoOfThree],
  ] as const)
    for (const [periods, states] of table)
      for (const [treatment, state] of Object.entries(states) as [TreatMissingData, string][])
        it(`${periods}, ${String(datapointsToAlarm ?? 3)} of 3, missing treated as ${treatment}: ${state}`, () => {
          expect(stateOf(periods, { datapointsToAlarm, treatMissingData: treatment })).to.equal(
            state,
          );
        });

  it("treats missing data as missing unless told otherwise", () => {
    expect(stateOf("- - -")).to.equal("INSUFFICIENT_DATA");
  });

  it("compares with the threshold itself as its operator says", () => {
    const at = (comparisonOperator: AlarmConfiguration["comparisonOperator"]) =>
      evaluateAlarm({ ...alarm, evaluationPeriods: 1, comparisonOperator }, [setOf(5)])?.state;
    expect(at("GreaterThanThreshold")).to.equal("OK");
    expect(at("GreaterThanOrEqualToThreshold")).to.equal("ALARM");
    expect(at("LessThanThreshold")).to.equal("OK");
    expect(at("LessThanOrEqualToThreshold")).to.equal("ALARM");
  });

  it("takes the statistic or percentile that the alarm names", () => {
    const values = setOf(...Array.from({ length: 100 }, (_, index) => index + 1));
    const exceeds = (statistic: string, threshold: number) =>
      evaluateAlarm({ ...alarm, evaluationPeriods: 1, statistic, threshold }, [values])?.state;
    expect([exceeds("p99", 98), exceeds("p99", 99)]).to.deep.equal(["ALARM", "OK"]);
    expect([exceeds("p50", 49), exceeds("p50", 50)]).to.deep.equal(["ALARM", "OK"]);
    expect([exceeds("Average", 50), exceeds("Average", 51)]).to.deep.equal(["ALARM", "OK"]);
    expect([exceeds("Maximum", 99), exceeds("Maximum", 100)]).to.deep.equal(["ALARM", "OK"]);
    expect([exceeds("SampleCount", 99), exceeds("SampleCount", 100)]).to.deep.equal([
      "ALARM",
      "OK",
    ]);
  });

  it("keeps its state while a percentile has too few samples, where the alarm ignores those", () => {
    const p99 = { ...alarm, evaluationPeriods: 1, statistic: "p99" };
    expect(evaluateAlarm(p99, [setOf(9)])?.state).to.equal("ALARM");
    expect(
      evaluateAlarm({ ...p99, evaluateLowSampleCountPercentile: "ignore" }, [setOf(9)]),
    ).to.equal(undefined);
  });

  it("says the datapoints and the threshold", () => {
    expect(evaluateAlarm(alarm, [setOf(9), setOf(7), setOf(6)])?.reason).to.equal(
      "Threshold Crossed: 3 of the last 3 datapoints [9, 7, 6] were greater than the threshold (5).",
    );
  });
});
