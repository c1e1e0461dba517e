export interface CronRange {
  readonly min: number;
  readonly max: number;
  /** Names of values, such as JAN → 1. */
  readonly names?: Readonly<Record<string, number>>;
}

/** The values of one field such as `1,3-5,*\/10`; `undefined` when it is none. */
export function parseCronField(text: string, range: CronRange): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const part of text.split(",")) {
    const [span = "", step, ...others] = part.split("/");
    if (others.length > 0 || (step !== undefined && !/^[1-9]\d{0,3}$/.test(step))) return undefined;
    const bounds = boundsOf(span, step !== undefined, range);
    if (!bounds) return undefined;
    const [first, last] = bounds;
    // A range such as FRI-MON goes on at the beginning.
    const length = last >= first ? last - first : last + range.max - range.min + 1 - first;
    for (let offset = 0; offset <= length; offset += Number(step ?? 1)) {
      const value = first + offset;
      values.add(value > range.max ? value - (range.max - range.min + 1) : value);
    }
  }
  return values;
}

function boundsOf(
  span: string,
  hasStep: boolean,
  range: CronRange,
): readonly [number, number] | undefined {
  if (span === "*") return [range.min, range.max];
  const [from = "", to, ...others] = span.split("-");
  const first = valueOf(from, range);
  const last = to === undefined ? (hasStep ? range.max : first) : valueOf(to, range);
  return others.length > 0 || first === undefined || last === undefined ? undefined : [first, last];
}

export function valueOf(text: string, { min, max, names = {} }: CronRange): number | undefined {
  const upper = text.toUpperCase();
  const named = Object.hasOwn(names, upper) ? names[upper] : undefined;
  const value = named ?? (/^\d{1,4}$/.test(text) ? Number(text) : NaN);
  return value >= min && value <= max ? value : undefined;
}
