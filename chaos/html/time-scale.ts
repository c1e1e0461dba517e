import type { ExperimentView } from "./run-view.ts";

/** Positions on a chart's axis of time, from 0 to `width`. */
export interface TimeScale {
  readonly fromMs: number;
  readonly toMs: number;
  /** What the axis counts from. */
  readonly zeroMs: number;
  readonly zeroName: string;
  /** In percent of the width. */
  percent(atMs: number): number;
}

/** Of all that an experiment has sent, and of what was done to it meanwhile. */
export function timeScaleOf({
  requests,
  fault,
  queue,
  looks,
}: ExperimentView): TimeScale | undefined {
  let fromMs = Infinity;
  let toMs = -Infinity;
  const cover = (...times: readonly (number | undefined)[]) => {
    for (const time of times)
      if (time !== undefined) {
        fromMs = Math.min(fromMs, time);
        toMs = Math.max(toMs, time);
      }
  };
  for (const { intendedMs, endMs } of requests) cover(intendedMs, endMs);
  if (requests.length === 0) return undefined;
  cover(fault.runningMs, fault.stoppedMs);
  const lastFilled = queue.findLast(({ total }) => total > 0);
  cover(lastFilled?.atMs, looks[0]?.atMs);
  const zeroMs = fault.runningMs ?? fault.injectedMs ?? fromMs;
  const zeroName = fault.runningMs === undefined ? "the first request" : "the fault began";
  return scale(fromMs, toMs, zeroMs, zeroName);
}

export function scale(fromMs: number, toMs: number, zeroMs: number, zeroName: string): TimeScale {
  const spanMs = Math.max(1, toMs - fromMs);
  const margin = spanMs * 0.015;
  const start = fromMs - margin;
  const width = spanMs + 2 * margin;
  return {
    ...{ fromMs: start, toMs: start + width, zeroMs, zeroName },
    percent: (atMs) => Math.min(100, Math.max(0, ((atMs - start) / width) * 100)),
  };
}

/** Round times on the axis, at most about `most` of them, as seconds from its zero. */
export function ticksOf({ fromMs, toMs, zeroMs }: TimeScale, most = 10): number[] {
  const step = roundStep((toMs - fromMs) / 1000 / most);
  const first = Math.ceil((fromMs - zeroMs) / 1000 / step);
  const last = Math.floor((toMs - zeroMs) / 1000 / step);
  return Array.from(
    { length: Math.max(0, last - first + 1) },
    (_, index) => (first + index) * step,
  );
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(least, 1e-6)));
  return [1, 2, 5, 10].map((each) => each * power).find((each) => each >= least) ?? 10 * power;
}
