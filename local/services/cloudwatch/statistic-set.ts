/** Values of a metric, added up. */
export interface StatisticSet {
  sampleCount: number;
  sum: number;
  minimum: number;
  maximum: number;
  /** How often each value came, for percentiles; `undefined` once a set without values came in. */
  values: Map<number, number> | undefined;
}

export function emptyStatisticSet(): StatisticSet {
  return { sampleCount: 0, sum: 0, minimum: Infinity, maximum: -Infinity, values: new Map() };
}

export function addValue(set: StatisticSet, value: number, count: number): void {
  set.sampleCount += count;
  set.sum += value * count;
  set.minimum = Math.min(set.minimum, value);
  set.maximum = Math.max(set.maximum, value);
  set.values?.set(value, (set.values.get(value) ?? 0) + count);
}

export function addSet(set: StatisticSet, other: Readonly<StatisticSet>): void {
  set.sampleCount += other.sampleCount;
  set.sum += other.sum;
  set.minimum = Math.min(set.minimum, other.minimum);
  set.maximum = Math.max(set.maximum, other.maximum);
  if (!other.values) set.values = undefined;
  for (const [value, count] of other.values ?? [])
    set.values?.set(value, (set.values.get(value) ?? 0) + count);
}

const basic: Readonly<Record<string, (set: StatisticSet) => number>> = {
  SampleCount: ({ sampleCount }) => sampleCount,
  Sum: ({ sum }) => sum,
  Average: ({ sum, sampleCount }) => sum / sampleCount,
  Minimum: ({ minimum }) => minimum,
  Maximum: ({ maximum }) => maximum,
};

/** Whether it is one of the five statistics or a percentile, such as `p99.9`. */
export function isStatistic(name: string): boolean {
  return Object.hasOwn(basic, name) || readPercentile(name) !== undefined;
}

/** `p99` is 0.99; `undefined` for what is no percentile. */
export function readPercentile(name: string): number | undefined {
  const percent = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(name)?.[1];
  return percent === undefined ? undefined : Number(percent) / 100;
}

/** A statistic of a set; `undefined` for a percentile of a set whose values are not known. */
export function statisticOf(set: StatisticSet, name: string): number | undefined {
  if (Object.hasOwn(basic, name)) return basic[name]?.(set);
  const percentile = readPercentile(name);
  if (percentile === undefined) return undefined;
  if (set.minimum === set.maximum) return set.minimum;
  if (!set.values) return undefined;
  const rank = Math.max(1, Math.ceil(percentile * set.sampleCount));
  let seen = 0;
  for (const [value, count] of [...set.values].sort(([a], [b]) => a - b)) {
    seen += count;
    if (seen >= rank) return value;
  }
  return set.maximum;
}
