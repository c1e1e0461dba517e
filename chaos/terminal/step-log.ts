import type { Drill } from "../drill.ts";
import type { StepResult } from "../harness/conductor.ts";
import type { StepStatus } from "../harness/journal.ts";
import type { ScheduledRun } from "../scheduled-run.ts";
import type { Follower } from "./follow-live.ts";
import { paintOutcome, signs as outcomeSigns } from "./paint.ts";
import type { Paint } from "./paint.ts";
import { printable } from "./printable.ts";
import { RunProgress } from "./run-progress.ts";

/** A job that prints nothing for minutes looks dead, and some services end it. */
const heartbeatMs = 15_000;

export interface StepLogOptions {
  /** Prints a line. */
  readonly print: (line: string) => void;
  readonly paint: Paint;
  /** Whether the log folds what stands between `::group::` and `::endgroup::`, as GitHub's does. */
  readonly hasGroups: boolean;
  /** Whether the runs end before the fault. */
  readonly isDry?: boolean;
}

export interface LogFollower extends Follower {
  /** Resolves when everything has been told. */
  readonly told: Promise<void>;
}

const signs: Readonly<Record<StepStatus, string>> = {
  passed: "✔",
  failed: "✘",
  unknown: "?",
  "not-applicable": "–",
  error: "!",
  skipped: "·",
};

/**
 * Prints a line for each step, with the time in UTC at which it ended, one experiment after the other;
 * and a sign of life when nothing was printed for 15 s.
 */
export function followInLog(drill: Pick<Drill, "runs">, options: StepLogOptions): LogFollower {
  const { print, paint, hasGroups, isDry = false } = options;
  let isStopped = false;
  let lastMs = performance.now();
  const say = (line: string) => {
    if (isStopped) return;
    lastMs = performance.now();
    print(line);
  };
  const runs = drill.runs.map((run) => new RunProgress(run));
  const tell = async () => {
    // All at once, so that each time is the one at which its step ended.
    const told = drill.runs.map((run) => ({ run, steps: stamped(run) }));
    for (const [at, { run, steps }] of told.entries()) {
      const name = runs[at]?.name ?? "";
      say(`${hasGroups ? "::group::" : ""}${name}: ${run.experiment.hypothesis}`);
      const failure = await run.opened.then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      if (failure)
        say(
          `${clock(new Date())} ${lineOf("opens the stack", { status: "error", ...failure }, paint)}`,
        );
      else
        for (const { step, ended } of steps) {
          const { result, date } = await ended;
          say(`${clock(date)} ${lineOf(step, result, paint)}`);
        }
      if (hasGroups) say("::endgroup::");
    }
    for (const { run } of isDry ? [] : told) {
      const name = runs[drill.runs.indexOf(run)]?.name ?? "";
      const journal = await run.finished.catch(() => undefined);
      const { status = "error" } = (await run.secondLook.catch(() => undefined)) ?? {};
      const outcome = journal?.outcome ?? "could-not-run";
      const text = `${outcomeSigns[outcome]} ${name}: ${outcome} (second look: ${status})`;
      say(`${clock(new Date())} ${paintOutcome(paint, outcome, text)}`);
    }
  };
  const timer = setInterval(() => {
    if (performance.now() - lastMs >= heartbeatMs) say(`${clock(new Date())} … ${alive(runs)}`);
  }, 1_000).unref();
  return {
    told: tell().catch(() => undefined),
    stop() {
      isStopped = true;
      clearInterval(timer);
    },
  };
}

function stamped(run: ScheduledRun) {
  return run.steps.map((step) => ({
    step: `${step.phase}: ${step.name}`,
    ended: run.resultOf(step).then((result) => ({ result, date: new Date() })),
  }));
}

function lineOf(step: string, { status, error }: StepResult, paint: Paint): string {
  const line = `${signs[status]} ${step}`;
  if (status === "passed") return line;
  if (status === "skipped") return paint("dim", `${line} (skipped)`);
  const reason = printable(error instanceof Error ? error.message : String(error)).split("\n")[0];
  const text = `${line}: ${(reason ?? "").replace(/:$/, "")}`;
  return status === "not-applicable" ? text : paint(status === "unknown" ? "yellow" : "red", text);
}

function alive(runs: readonly RunProgress[]): string {
  const going = runs.filter(({ state }) => state === "running");
  const over = runs.filter(({ state }) => state === "over" || state === "resting");
  const texts = going.map((run) => {
    const { done, acknowledged } = run.counts() ?? {};
    const numbers =
      done === undefined
        ? ""
        : `, ${String(done)} requests answered, ${String(acknowledged)} acknowledged`;
    return `${run.name}: ${run.phase}${numbers}`;
  });
  return `${String(over.length)} of ${String(runs.length)} experiments run; ${texts.join("; ") || "waiting"}`;
}

/** Such as 10:04:05, in UTC. */
function clock(date: Date): string {
  return date.toISOString().slice(11, 19);
}
