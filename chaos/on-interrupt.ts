import { constants } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import type { Drill } from "./drill.ts";
import type { Journal } from "./harness/journal.ts";
import { faultsInEffect, undoFaults } from "./ownership/faults-in-effect.ts";

const signals = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT"] as const;
/** npm passes on the Ctrl-C that the terminal has sent to all of its processes already. */
const sameKeyPressMs = 500;
/** How long the undo may take when nobody is in a hurry, and when somebody is. */
const undoDeadlineMs = 60_000;
const hurriedDeadlineMs = 5_000;
const crashed = 3;

export interface InterruptGuard {
  /** Names the drill that is interrupted; before, only what is registered as in effect is undone. */
  guard(drill: Pick<Drill, "interrupt" | "close">): void;
  /** Resolves when nothing was interrupted; otherwise the process ends before. */
  settled(): Promise<void>;
  /** Stops listening. */
  release(): void;
}

/**
 * Undoes the fault on every way out of the process that can be seen from inside: SIGINT, SIGTERM,
 * SIGHUP and SIGQUIT (exit code 128 + the number of the signal), an uncaught exception and an unhandled
 * rejection (exit code 3). A second signal leaves the undo 5 s; what is left then is named with the
 * command that removes it.
 */
export function onInterrupt(): InterruptGuard {
  let drill: Pick<Drill, "interrupt" | "close"> | undefined;
  let begunMs: number | undefined;
  let isHurried = false;

  const onSignal = (signal: NodeJS.Signals) => {
    const code = 128 + constants.signals[signal];
    if (begunMs === undefined) {
      say(`\n${signal}: stopping the experiment; once more to quit at once.`);
      begin(new Error(`Interrupted by ${signal}.`), code);
    } else if (!isHurried && performance.now() - begunMs > sameKeyPressMs) {
      isHurried = true;
      say(
        `${signal}: the fault is being undone; quitting in ${String(hurriedDeadlineMs / 1000)} s at the latest.`,
      );
      void Promise.race([undoFaults(), wait(hurriedDeadlineMs)]).then(() => exit(code));
    }
  };
  const onCrash = (error: unknown) => {
    say(`The drill failed: ${error instanceof Error ? String(error.stack) : String(error)}`);
    if (begunMs === undefined) begin(new Error("The drill failed.", { cause: error }), crashed);
  };

  function begin(reason: Error, code: number): void {
    begunMs = performance.now();
    void Promise.race([stop(drill, reason), wait(undoDeadlineMs)]).then(
      (said) => exit(code, said),
      (error: unknown) => exit(code, `The experiment did not stop as it should: ${String(error)}`),
    );
  }

  for (const signal of signals) process.on(signal, onSignal);
  process.on("uncaughtException", onCrash).on("unhandledRejection", onCrash);
  return {
    guard(begun) {
      drill = begun;
    },
    settled: () => (begunMs === undefined ? Promise.resolve() : new Promise(() => undefined)),
    release() {
      for (const signal of signals) process.off(signal, onSignal);
      process.off("uncaughtException", onCrash).off("unhandledRejection", onCrash);
    },
  };
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Ends the process, and names what it leaves behind. */
function exit(code: number, said?: unknown): never {
  const left = faultsInEffect();
  const lasting = left.filter(({ remedy }) => remedy !== undefined);
  if (typeof said === "string") say(said);
  else if (lasting.length === 0) say("Stopped; no fault is left.");
  for (const { what, remedy } of lasting) say(`Still there: ${what}; remove it: ${String(remedy)}`);
  process.exit(code);
}

async function stop(
  drill: Pick<Drill, "interrupt" | "close"> | undefined,
  reason: Error,
): Promise<string> {
  let journals: readonly Journal[] = [];
  try {
    journals = (await drill?.interrupt(reason)) ?? [];
  } finally {
    await undoFaults();
    await drill?.close();
  }
  const failed = journals
    .flatMap(({ rollbacks }) => rollbacks)
    .find(({ status }) => status !== "passed");
  if (failed && faultsInEffect().length > 0)
    return `The fault could not be undone: ${failed.name}: ${String(failed.error)}`;
  const ended = journals.flatMap(({ fault: { injector, id } }) =>
    id === undefined ? [] : [`${String(injector)}: ${id}`],
  );
  return ended.length === 0
    ? "Stopped; no fault had been injected."
    : `Stopped: ${ended.join(", ")} is over; no fault is left.`;
}
