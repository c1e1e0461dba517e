/** Readers of JSON that anyone may have written: what has another type is taken as absent. */
export type Fields = Readonly<Record<string, unknown>>;

export function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

export function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** Epoch milliseconds of a time in ISO 8601. */
export function timeOf(value: unknown): number | undefined {
  return typeof value === "string" ? numberOf(Date.parse(value)) : undefined;
}

/** Epoch milliseconds within what a `Date` can hold. */
export function epochOf(value: unknown): number | undefined {
  const epochMs = numberOf(value);
  return epochMs !== undefined && Math.abs(epochMs) <= 8.64e15 ? epochMs : undefined;
}

/** Numbers by their names. */
export function numbersOf(value: unknown): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(fieldsOf(value)).flatMap(([name, each]): [string, number][] => {
      const number = numberOf(each);
      return number === undefined ? [] : [[name, number]];
    }),
  );
}
