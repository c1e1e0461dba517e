import type { AnomalyView, ExperimentView } from "./run-view.ts";
import { count, offset } from "./texts.ts";

/**
 * When the writes that anomalies are about were answered, on the axis of the charts: since the fault
 * began. Undefined where no fault was in effect, or no write is named.
 */
export function whenWrong(
  { fault }: Pick<ExperimentView, "fault">,
  anomalies: readonly AnomalyView[],
): string | undefined {
  const zeroMs = fault.runningMs ?? fault.injectedMs;
  const endMs = fault.stoppedMs ?? fault.stopMs;
  const writes = new Set(anomalies.flatMap(({ expected }) => expected ?? []));
  const [first, last] = rangeOf([...writes].map((write) => write.endMs));
  if (zeroMs === undefined || first === undefined || last === undefined) return undefined;
  const times =
    first === last
      ? `at ${offset(first, zeroMs)}`
      : `from ${offset(first, zeroMs)} to ${offset(last, zeroMs)}`;
  const span = endMs === undefined ? "" : `, which was in effect until ${offset(endMs, zeroMs)}`;
  const answered = writes.size === 1 ? "The write was" : `The ${count(writes.size, "write")} were`;
  return `${answered} answered ${times} after the fault began${span}.`;
}

function rangeOf(values: readonly number[]): [first?: number, last?: number] {
  return values.length === 0 ? [] : [Math.min(...values), Math.max(...values)];
}
