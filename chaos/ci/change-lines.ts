import { compareSummaries } from "../report/compare.ts";
import type { Change, RowChange } from "../report/compare.ts";
import type { Summary } from "../report/summary.ts";
import { words } from "./outcome-sentence.ts";
import { shorten } from "./plain-text.ts";

/** A time counts as changed when it differs by more than a busy machine makes of the same code. */
const tellingFactor = 2;
const tellingMs = 1_000;
/** Times that a user of the application notices; the others follow from them. */
const tellingTimes = new Set(["recovery", "during p99"]);
const nameCharacters = 80;
const namesCharacters = 400;

/**
 * What has become of each experiment since a former drill, what got worse first. Counts of requests are no
 * change, since no two loads are quite the same; times are one where they differ by a factor of two and
 * by a second.
 */
export function changeLines(now: Summary, before: Summary): string[] {
  const rows = compareSummaries(now, before);
  const changed = rows.flatMap((row) => lineOf(row) ?? []);
  const notRun = rows.filter((row) => row.now === undefined).map(({ experiment }) => experiment);
  const same = rows.length - changed.length - notRun.length;
  return [
    ...changed.sort((a, b) => a.rank - b.rank).map(({ text }) => text),
    ...(notRun.length > 0
      ? [`not run this time: ${shorten(notRun.join(", "), namesCharacters)}`]
      : []),
    ...(same > 0 ? [`${String(same)} of ${String(now.experiments.length)} as before`] : []),
  ];
}

interface Line {
  /** 0 for what got worse, 1 for what got better, 2 for what is new. */
  readonly rank: 0 | 1 | 2;
  readonly text: string;
}

function lineOf({ experiment, now, before, changes }: RowChange): Line | undefined {
  if (now === undefined) return undefined;
  const name = shorten(experiment, nameCharacters);
  if (before === undefined)
    return { rank: now === "held" ? 2 : 0, text: `${name}: new, ${words(now)}` };
  const telling = changes.filter(isTelling);
  const parts = [
    ...(now === before ? [] : [`${words(before)} → ${words(now)}`]),
    ...telling.map(
      (change) => `${change.metric} ${show(change, "before")} → ${show(change, "now")}`,
    ),
  ];
  if (parts.length === 0) return undefined;
  const isWorse =
    (now !== before && now !== "held") || telling.some((change) => change.now > change.before);
  return { rank: isWorse ? 0 : 1, text: `${name}: ${parts.join("; ")}` };
}

/** Counts of anomalies are exact; what is unsafe is what they add up to. */
function isTelling({ metric, isExact, now, before }: Change): boolean {
  if (metric === "unsafe") return false;
  if (isExact) return now !== before;
  const [less, more] = [Math.min(now, before), Math.max(now, before)];
  return tellingTimes.has(metric) && more - less >= tellingMs && more >= less * tellingFactor;
}

function show({ unit, ...values }: Change, which: "now" | "before"): string {
  return unit === "ms" ? `${(values[which] / 1000).toFixed(1)} s` : String(values[which]);
}
