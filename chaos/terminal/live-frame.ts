import type { AnomalyCounts } from "../harness/anomaly.ts";
import { cut } from "./cut.ts";
import { paintOutcome, signs } from "./paint.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";
import type { RunProgress } from "./run-progress.ts";
import { timeLeft } from "./time-left.ts";

export interface FrameOptions {
  /** Columns and lines that may be drawn on. */
  readonly columns: number;
  readonly rows: number;
  /** How many runs go on at a time. */
  readonly lanes: number;
  readonly paint: Paint;
  /** Of `performance.now()`. */
  readonly startedMs: number;
  readonly nowMs: number;
  /** When the first stack was open; undefined before that. */
  readonly readyMs: number | undefined;
}

const barWidth = 12;
const spinner = ["◐", "◓", "◑", "◒"];
/** Frames are drawn five times a second. */
const turnMs = 200;

/** What is redrawn: how far the drill is, the runs that go on, and those that wait; nothing wraps. */
export function liveFrame(runs: readonly RunProgress[], options: FrameOptions): string[] {
  const { columns, rows, paint } = options;
  const going = runs.filter(({ state }) => state === "running");
  const waiting = runs.filter(({ state }) => state === "waiting").map(({ name }) => name);
  const resting = runs.filter(({ state }) => state === "resting").map(({ name }) => name);
  const lines = [
    paint("bold", headLine(runs, options)),
    ...going.flatMap((run) => runLines(run, options)),
    ...(resting.length > 0
      ? [paint("dim", cut(`… second look: ${resting.join(" · ")}`, columns))]
      : []),
    ...(waiting.length > 0 ? [paint("dim", cut(`  ${waiting.join(" · ")}`, columns))] : []),
  ];
  return lines.slice(0, Math.max(rows, 1));
}

/** What stays above the frame once a run is over. */
export function overLine(progress: RunProgress, columns: number, paint: Paint): string {
  const { journal, name, failure } = progress;
  if (!journal)
    return paint("red", cut(`${signs["could-not-run"]} ${name}  ${firstLine(failure)}`, columns));
  const { outcome, measurements, steps } = journal;
  const { acknowledged, recoveryMs } = measurements;
  const counts: Partial<AnomalyCounts> = measurements.counts ?? {};
  const anomalies = Object.entries(counts)
    .filter(([kind, count]) => count > 0 || kind === "lost" || kind === "stale")
    .map(([kind, count]) => `${String(count)} ${kind}`);
  const problem = steps.find(({ error }) => error !== undefined);
  const isTold = outcome === "held" || anomalies.some((text) => !text.startsWith("0 "));
  const parts = [
    `${signs[outcome]} ${name}`,
    ...(outcome === "held" ? [] : [outcome]),
    ...(outcome === "not-applicable" ? [] : [`${String(acknowledged)} acknowledged`, ...anomalies]),
    ...(recoveryMs === undefined || !isTold ? [] : [`recovered ${seconds(recoveryMs)}`]),
    ...(isTold || !problem ? [] : [firstLine(problem.error)]),
  ];
  return paintOutcome(paint, outcome, cut(parts.join("  "), columns));
}

function headLine(runs: readonly RunProgress[], options: FrameOptions): string {
  const { columns, lanes, startedMs, nowMs, readyMs } = options;
  const over = runs.filter(({ state }) => state === "over" || state === "resting").length;
  const state =
    readyMs === undefined ? "deploying" : `stack ready in ${seconds(readyMs - startedMs)}`;
  const left = timeLeft(runs, { lanes, nowMs });
  const right = `[${String(over)}/${String(runs.length)}]  ${whole(nowMs - startedMs)}, about ${whole(left)} left`;
  const start = `Outage drill  ${state}`;
  const gap = columns - start.length - right.length;
  return gap >= 2 ? `${start}${" ".repeat(gap)}${right}` : cut(right, columns);
}

function runLines(progress: RunProgress, { columns, paint, nowMs }: FrameOptions): string[] {
  const mark = spinner[Math.floor(nowMs / turnMs) % spinner.length] ?? "";
  const head = `${mark} ${progress.name}  ${phaseText(progress, nowMs)}`;
  const numbers = numbersOf(progress);
  const line = [head, ...numbers].join("  ");
  if (line.length <= columns) return [line];
  return [cut(head, columns), ...(numbers.length > 0 ? [paint("dim", fit(numbers, columns))] : [])];
}

/** As many of the numbers as there is room for. */
function fit(numbers: readonly string[], columns: number): string {
  let line = "  ";
  for (const number of numbers)
    if (`${line}  ${number}`.length <= columns) line += `  ${number}`;
    else break;
  return line;
}

function phaseText(progress: RunProgress, nowMs: number): string {
  const { phase, phaseStartedMs, loadStartedMs, loadMs } = progress;
  const sentMs = nowMs - (loadStartedMs ?? nowMs);
  if (loadStartedMs === undefined || loadMs === undefined || sentMs > loadMs)
    return `${phase} ${seconds(nowMs - phaseStartedMs)}`;
  const filled = Math.round((sentMs / loadMs) * barWidth);
  const bar = "█".repeat(filled) + "░".repeat(barWidth - filled);
  return `${phase} ${(sentMs / 1000).toFixed(1)}/${seconds(loadMs)} ${bar}`;
}

function numbersOf(progress: RunProgress): string[] {
  const counts = progress.counts();
  const pending = progress.pending();
  const queue = pending === undefined ? [] : [`queue ${String(pending)}`];
  if (!counts) return queue;
  const { done, acknowledged, read, refused, unanswered, inFlight, p99Ms } = counts;
  return [
    `${String(done + inFlight)} sent`,
    `${String(acknowledged)} acked`,
    ...(read > 0 ? [`${String(read)} read`] : []),
    `${String(refused)} refused`,
    ...(unanswered > 0 ? [`${String(unanswered)} unanswered`] : []),
    ...(p99Ms === undefined ? [] : [`p99 ${duration(p99Ms)}`]),
    ...queue,
  ];
}

function duration(ms: number): string {
  return ms < 1_000 ? `${ms.toFixed(0)} ms` : seconds(ms);
}

function firstLine(error: unknown): string {
  return printable(String(error)).split("\n")[0] ?? "";
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Such as `14 s`, or `2 min 5 s`. */
function whole(ms: number): string {
  const total = Math.max(Math.round(ms / 1000), 0);
  return total < 60
    ? `${String(total)} s`
    : `${String(Math.floor(total / 60))} min ${String(total % 60)} s`;
}
