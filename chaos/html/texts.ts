/** Such as `+1.25 s`, from a time that the axis counts from. */
export function offset(atMs: number, zeroMs: number): string {
  const seconds = (atMs - zeroMs) / 1000;
  return `${seconds < 0 ? "−" : "+"}${Math.abs(seconds).toFixed(2)} s`;
}

/** Such as `850 ms` or `4.0 s`. */
export function duration(ms: number | undefined): string {
  if (ms === undefined) return "–";
  if (ms < 999.5) return `${ms < 9.95 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
  return ms < 119_950 ? `${(ms / 1000).toFixed(1)} s` : `${(ms / 60_000).toFixed(1)} min`;
}

export function milliseconds(value: number | undefined): string {
  return value === undefined ? "–" : value < 9.95 ? value.toFixed(1) : value.toFixed(0);
}

/** Such as `2026-11-25 01:27:04 UTC`. */
export function utc(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** Such as `10:04:05.678`. */
export function clock(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(11, 23);
}

export function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Such as `1 write` and `2 writes`. */
export function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}

/** Such as "not held". */
export function words(outcome: string): string {
  return outcome.replaceAll("-", " ");
}

/** An id for an element out of any text. */
export function idOf(...parts: readonly (string | number)[]): string {
  return parts
    .map((part) => encodeURIComponent(String(part).toWellFormed()).replaceAll("%", "."))
    .join("--");
}
