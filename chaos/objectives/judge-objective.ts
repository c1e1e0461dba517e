import type { Measured } from "./metrics.ts";
import { isKept } from "./objective.ts";
import type { JudgedObjective, Objective } from "./objective.ts";
import { formatQuantity } from "./units.ts";

/** Holds an objective against what a run has measured. What was not measured is unknown. */
export function judgeObjective(objective: Objective, measured: Measured): JudgedObjective {
  const { text, metric, operator, limit, unit } = objective;
  const common = { text, metric: metric.name, operator, unit, limit };
  const value = metric.read(measured, unit);
  if (value === undefined)
    return { ...common, status: "unknown", reason: `There was ${metric.what} to measure.` };
  if (metric.needsFault && !measured.faultFired)
    return { ...common, value, status: "unknown", reason: "The fault never fired." };
  return { ...common, value, status: isKept(operator, value, limit) ? "held" : "not-held" };
}

/** The value beside its limit, as in `637 ms, and the limit is <500 ms`. */
export function describeJudged({ value, unit, operator, limit, reason }: JudgedObjective): string {
  const bound = `the limit is ${operator} ${formatQuantity(limit, unit)}`;
  const measured = value === undefined ? undefined : formatQuantity(value, unit);
  if (reason !== undefined) return measured === undefined ? reason : `${measured}. ${reason}`;
  return `${String(measured)}; ${bound}`;
}
