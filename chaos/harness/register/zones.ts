/** Open intervals of time, in which something must not happen. Their ends are allowed. */
export class Zones {
  readonly #zones: [number, number][] = [];
  #merged: [number, number][] | undefined;

  add(from: number, to: number): void {
    if (from >= to) return;
    this.#zones.push([from, to]);
    this.#merged = undefined;
  }

  /** The latest time, up to this one, that is in no zone. */
  latestOutside(time: number): number {
    const merged = (this.#merged ??= merge(this.#zones));
    const zone =
      merged[firstIndex(merged.length, (index) => (merged[index]?.[0] ?? 0) >= time) - 1];
    return zone && time < zone[1] ? zone[0] : time;
  }
}

/** The first index, from 0 to `length`, from which on the condition holds. */
export function firstIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function merge(zones: [number, number][]): [number, number][] {
  const merged: [number, number][] = [];
  for (const [from, to] of zones.sort(([a], [b]) => a - b)) {
    const last = merged.at(-1);
    // Where one ends and the next begins is outside of both.
    if (last && from < last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}
