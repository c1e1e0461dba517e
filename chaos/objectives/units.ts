/** What a metric is measured in: milliseconds, a share from 0 to 1, or a number of things. */
export type Unit = "time" | "share" | "count";

const timeUnits: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 };

/** A number with its unit, such as `500 ms`, `1.5s`, `99.9 %` or `250`; undefined when it is none. */
export function parseQuantity(
  text: string,
): { readonly value: number; readonly unit: Unit } | undefined {
  const [, digits = "", suffix = ""] = /^(\d+(?:\.\d+)?|\.\d+)\s*(ms|s|min|h|%)?$/.exec(text) ?? [];
  if (digits === "") return undefined;
  const number = Number(digits);
  if (!Number.isFinite(number)) return undefined;
  if (suffix === "") return { value: number, unit: "count" };
  // 99.9 / 100 is a little more than 0.999, which 999 of 1,000 are.
  if (suffix === "%") return { value: Number((number / 100).toPrecision(12)), unit: "share" };
  return { value: number * (timeUnits[suffix] ?? NaN), unit: "time" };
}

/** A value with its unit: `637 ms`, `4.0 s`, `99.98 %`, `250`. */
export function formatQuantity(value: number, unit: Unit): string {
  if (unit === "count") return String(value);
  if (unit === "share") return `${String(Number((value * 100).toPrecision(6)))} %`;
  return value < 1_000 ? `${String(round(value))} ms` : `${String(round(value / 1_000))} s`;
}

/** To three decimals, so that what just misses its limit does not look like it. */
function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
