import { type Metric, metricKey } from "./metric.ts";
import { addSet, addValue, emptyStatisticSet, type StatisticSet } from "./statistic-set.ts";

/** Seconds are merged into minutes after 15 minutes, and minutes are dropped after 3 hours. */
const secondsKeptMs = 15 * 60_000;
const minutesKeptMs = 3 * 3_600_000;
const tidyEveryMs = 60_000;

/** A metric that values are added to. */
export interface MetricSeries {
  add(value: number, options?: { atMs?: number; count?: number }): void;
  addSet(set: Readonly<StatisticSet>, atMs: number): void;
}

export interface MetricRange {
  readonly fromMs: number;
  readonly toMs: number;
  readonly periodMs: number;
  readonly unit?: string | undefined;
}

/** The metrics of one region, in memory, as sums per second. */
export class MetricStore {
  /** Metric → unit → second, in milliseconds → values. */
  readonly #metrics = new Map<
    string,
    { metric: Metric; units: Map<string, Map<number, StatisticSet>> }
  >();
  #tidiedAtMs = Date.now();

  /** A metric in a unit, such as `Count`; it is there once it has a value. */
  series(metric: Metric, unit = "None"): MetricSeries {
    let seconds: Map<number, StatisticSet> | undefined;
    const setAt = (atMs: number): StatisticSet => {
      seconds ??= this.#secondsOf(metric, unit);
      const second = Math.floor(atMs / 1000) * 1000;
      const set = seconds.get(second) ?? emptyStatisticSet();
      seconds.set(second, set);
      return set;
    };
    return {
      add: (value, { atMs = Date.now(), count = 1 } = {}) => {
        addValue(setAt(atMs), value, count);
      },
      addSet: (other, atMs) => {
        addSet(setAt(atMs), other);
      },
    };
  }

  list(): Metric[] {
    return [...this.#metrics.values()].map(({ metric }) => metric);
  }

  /** Units that a metric has values in. */
  unitsOf(metric: Metric): string[] {
    return [...(this.#metrics.get(metricKey(metric))?.units.keys() ?? [])];
  }

  /**
   * The values from `fromMs` up to, and not including, `toMs`, by the beginning of each period that
   * has any, oldest first. In all units unless one is given.
   */
  read(metric: Metric, { fromMs, toMs, periodMs, unit }: MetricRange): Map<number, StatisticSet> {
    const periods = new Map<number, StatisticSet>();
    for (const [name, seconds] of this.#metrics.get(metricKey(metric))?.units ?? [])
      if (unit === undefined || unit === name)
        for (const [second, set] of seconds) {
          if (second < fromMs || second >= toMs) continue;
          const begin = fromMs + Math.floor((second - fromMs) / periodMs) * periodMs;
          const total = periods.get(begin) ?? emptyStatisticSet();
          addSet(total, set);
          periods.set(begin, total);
        }
    return new Map([...periods].sort(([a], [b]) => a - b));
  }

  /** Merges and drops what is old, at most once a minute. */
  tidy(nowMs = Date.now()): void {
    if (nowMs - this.#tidiedAtMs < tidyEveryMs) return;
    this.#tidiedAtMs = nowMs;
    for (const { units } of this.#metrics.values())
      for (const seconds of units.values()) tidySeconds(seconds, nowMs);
  }

  #secondsOf(metric: Metric, unit: string): Map<number, StatisticSet> {
    const key = metricKey(metric);
    const entry = this.#metrics.get(key) ?? { metric, units: new Map() };
    this.#metrics.set(key, entry);
    const seconds = entry.units.get(unit) ?? new Map<number, StatisticSet>();
    entry.units.set(unit, seconds);
    return seconds;
  }
}

function tidySeconds(seconds: Map<number, StatisticSet>, nowMs: number): void {
  for (const [second, set] of seconds) {
    if (second < nowMs - minutesKeptMs) seconds.delete(second);
    else if (second < nowMs - secondsKeptMs && second % 60_000 !== 0) {
      const minute = Math.floor(second / 60_000) * 60_000;
      const merged = seconds.get(minute) ?? emptyStatisticSet();
      addSet(merged, set);
      seconds.set(minute, merged);
      seconds.delete(second);
    }
  }
}
