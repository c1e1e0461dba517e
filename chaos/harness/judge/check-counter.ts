import type { Effect } from "../../workload-contract.ts";
import type { Anomaly } from "../anomaly.ts";
import { nameOfLook } from "../describe.ts";
import { anomalyOf, isDue } from "./key-record.ts";
import type { KeyRecord, KeySight } from "./key-record.ts";
import { RunningSums } from "./running-sums.ts";

type Add = Extract<Effect, { readonly add: number }>;
type Counter = KeyRecord<Add>;

/**
 * Judges one counter: whatever was seen is the sum of what had to be there, and of some of what may be.
 * Bounds are compared, as Jepsen's counter checker does; see docs/history-model.md.
 */
export function checkCounter(record: Counter): Anomaly[] {
  const anomalies: Anomaly[] = [];
  const start = toNumber(record.initial);
  const sums = new RunningSums(record);
  /** What was rightly shown, each more than all before it. */
  const peaks: { readonly found: number; readonly endMs: number }[] = [];
  const onlyGrows = record.writes.every(({ effect }) => effect.add >= 0);
  for (const sight of record.sights) {
    const found = toNumber(sight.found);
    if (start === undefined || found === undefined) {
      anomalies.push(
        anomalyOf(
          record,
          "phantom",
          `${record.key} ${showed(sight)} ${String(sight.found)}, which is no number.`,
          {
            sight,
          },
        ),
      );
      continue;
    }
    const peak = onlyGrows ? peaks.findLast(({ endMs }) => endMs < sight.sentMs) : undefined;
    const anomaly =
      judgeBounds(record, sight, { start, found, sums }) ??
      (peak && found < peak.found - toleranceOf(found)
        ? anomalyOf(
            record,
            sight.look === undefined ? "non-monotonic-read" : "vanished-item",
            `${record.key} ${showed(sight)} ${String(found)} after it had shown ${String(peak.found)}.`,
            { sight },
          )
        : undefined);
    if (anomaly) anomalies.push(anomaly);
    else if (found > (peaks.at(-1)?.found ?? -Infinity))
      peaks.push({ found, endMs: sight.answeredMs });
  }
  return withoutRepeats(anomalies);
}

function judgeBounds(
  record: Counter,
  sight: KeySight,
  {
    start,
    found,
    sums,
  }: { readonly start: number; readonly found: number; readonly sums: RunningSums },
): Anomaly | undefined {
  const { key, writes, drained } = record;
  const [due, possible] = [sums.due(sight), sums.possible(sight)];
  const owed = start + due.up + due.down;
  const low = owed + possible.down - due.down;
  const high = owed + possible.up - due.up;
  const tolerance = toleranceOf(found);
  const isFine = found >= low - tolerance && found <= high + tolerance;
  if (isFine) return undefined;
  const isLook = sight.look !== undefined;
  const [missing, surplus] = [low - found, found - high];
  const open = possible.count - due.count;
  const unknown = open === 0 ? "" : `, and of ${String(open)} more nobody knows`;
  const expected = writes.findLast((write) => isDue(write, sight, drained));
  const acknowledged = `${String(due.count)} acknowledged writes make it ${String(owed)}${unknown}`;
  const grows = due.count === 0 || due.up + due.down >= 0;
  const isTooLittle = grows ? missing > 0 : surplus > 0;
  const difference = Math.abs(missing > 0 ? missing : surplus);
  if (isTooLittle) {
    const letters = record.givenUp.reduce(
      (total, effect) => total + ("add" in effect ? Math.abs(effect.add) : 0),
      0,
    );
    const isLetter = isLook && letters >= difference;
    const kind = isLetter ? "dead-lettered" : isLook ? "lost" : "stale-read";
    const what = isLetter ? "was given up on" : isLook ? "is lost" : "is missing";
    const message = `${key} ${showed(sight)} ${String(found)}, and ${acknowledged}: ${String(difference)} ${what}.`;
    const anomaly = anomalyOf(record, kind, message, { sight, expected });
    return isLook ? { ...anomaly, atLeast: fewestWrites(record, sight, difference) } : anomaly;
  }
  const isFuture = !isLook && possible.count < writes.length;
  return anomalyOf(
    record,
    isFuture ? "future-read" : "duplicated",
    `${key} ${showed(sight)} ${String(found)}, and ${acknowledged}: ${String(difference)} too much.`,
    { sight, expected },
  );
}

/** How many of the acknowledged writes must be missing, at least, for a sum to be short of this much. */
function fewestWrites({ writes, drained }: Counter, sight: KeySight, difference: number): number {
  const amounts = writes
    .filter((write) => isDue(write, sight, drained))
    .map(({ effect }) => Math.abs(effect.add))
    .sort((one, other) => other - one);
  let sum = 0;
  const enough = amounts.findIndex((amount) => (sum += amount) >= difference - toleranceOf(sum));
  return enough < 0 ? Math.max(amounts.length, 1) : enough + 1;
}

/** Sums of decimal fractions are rounded, those of many more. */
function toleranceOf(found: number): number {
  return Math.max(1e-9, Math.abs(found) * 1e-12);
}

/** Nothing counts as 0. */
function toNumber(found: KeySight["found"]): number | undefined {
  if (found === undefined) return 0;
  const number = typeof found === "object" || found === "" ? NaN : Number(found);
  return Number.isFinite(number) ? number : undefined;
}

function showed({ look }: KeySight): string {
  return look === undefined ? "was read as" : `had at the ${nameOfLook(look)} look`;
}

/** Both looks may show the same. */
function withoutRepeats(anomalies: readonly Anomaly[]): Anomaly[] {
  const seen = new Set<string>();
  return anomalies.filter(({ kind, message, read }) => {
    const name = `${kind} ${read ? message : ""}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
