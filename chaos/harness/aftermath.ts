import { checkRun } from "./check-run.ts";
import { countMissing } from "./count-missing.ts";
import type { Verdict } from "./checker.ts";
import type { ExperimentRun } from "./experiment-run.ts";
import { nowMs } from "./history.ts";
import { interruptibleDelay } from "./interruptible-delay.ts";
import type { Pace } from "./pace.ts";
import type { PendingWatch } from "./pending-watch.ts";
import { firstAcknowledgedMs, untilEmpty } from "./recovery.ts";
import { StoreWatch } from "./store-watch.ts";
import type { DebtSample } from "./store-watch.ts";
import { lookAtStores } from "./stores.ts";
import type { Placement, StoreLook, Stores } from "./stores.ts";
import { isAws } from "./target.ts";
import { hold, NotHeldError, UndecidedError } from "./step-errors.ts";

export interface AftermathOptions {
  readonly pace: Pace;
  /** From before the first request. */
  readonly initial: Stores;
  readonly placement: Placement;
  /** Undefined when nothing can be pending. */
  readonly queueWatch: PendingWatch | undefined;
}

/** Between two looks at the stores that count what is missing. */
const debtIntervalMs = 200;
const longestRetryMs = 10 * 60_000;

/** What a fault leaves behind: how long the recovery takes, and what became of the writes. */
export class Aftermath {
  recoveryMs: number | undefined;
  verdict: Verdict | undefined;
  readonly queueWatch: PendingWatch | undefined;
  readonly #run: ExperimentRun;
  readonly #options: AftermathOptions;
  #drained = false;
  #isClogged = false;
  #looks: readonly StoreLook[] = [];
  readonly #counted: DebtSample[] = [];
  #storeWatch: StoreWatch | undefined;

  constructor(run: ExperimentRun, options: AftermathOptions) {
    this.#run = run;
    this.#options = options;
    this.queueWatch = options.queueWatch;
  }

  /** Whether the queue was waited for in vain. */
  get isClogged(): boolean {
    return this.#isClogged;
  }

  /** What was missing at each time at which the stores were read, after the fault. */
  get debt(): readonly DebtSample[] {
    return [...(this.#storeWatch?.samples ?? []), ...this.#counted];
  }

  /**
   * Counts what is missing until the first look: for the report, not for the verdict. Not before the fault
   * is over, which calls of the drill would meet as well; and not on AWS, where reading costs.
   */
  watchStores(): void {
    const { target, workload, app } = this.#run;
    if (isAws(target)) return;
    const { placement } = this.#options;
    this.#storeWatch = new StoreWatch({
      look: (signal) => lookAtStores(workload, { ...app, signal }, placement),
      count: (look) => this.#missingAt(look),
      intervalMs: debtIntervalMs,
    });
  }

  /** Ends the measurements. */
  async rest(): Promise<void> {
    await Promise.all([this.queueWatch?.close(), this.#storeWatch?.close()]);
  }

  /** The longest that the recovery may take, in milliseconds after the load has ended. */
  get deadlineMs(): number {
    const { drainDeadlineMs } = this.#run.experiment;
    return Math.max(drainDeadlineMs, this.#options.pace.drainDeadlineMs);
  }

  /** Waits until the queue is empty, and takes the time since the fault. */
  async drain(): Promise<string> {
    const { windows, history, experiment } = this.#run;
    const stoppedMs = windows.stoppedMs ?? Infinity;
    const emptyMs = await this.untilQueueIsEmpty(experiment.quietMs ?? 0);
    this.#drained = true;
    const acknowledgedMs = firstAcknowledgedMs(history.ops, stoppedMs);
    if (acknowledgedMs === undefined)
      throw new NotHeldError("After the fault no write was acknowledged.");
    this.recoveryMs = Math.max(0, Math.round(Math.max(emptyMs, acknowledgedMs) - stoppedMs));
    return `recovered in ${String(this.recoveryMs)} ms`;
  }

  /**
   * Reads the stores and checks the history. An empty queue may lag behind what was acknowledged, so
   * anything but a valid history is checked again once the queue has stayed empty for a while.
   *
   * @throws UndecidedError when the result is unknown
   */
  async verify(): Promise<string> {
    await this.look();
    if (this.verdict?.result !== "valid" && this.#drained) {
      await this.untilQueueIsEmpty(this.#options.pace.settleMs);
      this.#looks = [];
      await this.look();
    }
    return this.resultOrUndecided();
  }

  /**
   * Reads the stores once more, after the longest time within which the system may still act on its
   * own, and checks the history against both looks.
   *
   * @throws UndecidedError when the result is unknown
   * @throws NotHeldError when something has gone wrong since the first look
   */
  async lookAgain(): Promise<string> {
    const first = this.#looks[0];
    if (!first) throw new UndecidedError("The stores have not been read a first time.");
    const { pace } = this.#options;
    await interruptibleDelay(first.endMs + pace.harmMs - nowMs(), this.#run.signal);
    const before = this.verdict?.anomalies.length ?? 0;
    await this.look();
    const anomalies = this.verdict?.anomalies ?? [];
    hold(
      anomalies.length <= before,
      `Since the first look: ${anomalies
        .slice(0, 3)
        .map(({ message }) => message)
        .join(" ")}`,
    );
    const seconds = ((nowMs() - first.endMs) / 1000).toFixed(1);
    return `${this.resultOrUndecided()} ${seconds} s after the first look`;
  }

  #missingAt(look: StoreLook): number {
    return countMissing(this.#run.history.ops, this.#options.initial, look);
  }

  private resultOrUndecided(): string {
    const { result = "unknown", reasons = [] } = this.verdict ?? {};
    if (result === "unknown") throw new UndecidedError(reasons.join(" "));
    return result;
  }

  private async look(): Promise<void> {
    const { initial, placement } = this.#options;
    const { workload, app } = this.#run;
    await this.#storeWatch?.close();
    const look = await lookAtStores(workload, app, placement);
    this.#looks = [...this.#looks, look];
    const { startMs, endMs } = look;
    this.#counted.push({ startMs, endMs, missing: this.#missingAt(look) });
    this.verdict = await checkRun(this.#run, {
      initial,
      looks: this.#looks,
      drained: this.#drained,
    });
  }

  /** @returns since when it is; at once when nothing can be pending */
  private async untilQueueIsEmpty(forMs: number): Promise<number> {
    const { windows, experiment, signal } = this.#run;
    // What has failed for long waits as long again for its next try, up to 10 minutes.
    const { durationMs } = experiment.load.during;
    const stallMs = this.#options.pace.stallMs + Math.min(durationMs, longestRetryMs);
    const sinceMs = windows.stoppedMs ?? 0;
    const { queueWatch } = this;
    if (!queueWatch) return sinceMs;
    try {
      return await untilEmpty(queueWatch, {
        sinceMs,
        forMs,
        deadlineMs: this.deadlineMs,
        signal,
      });
    } catch (error) {
      signal.throwIfAborted();
      this.#isClogged = true;
      const stalled = error instanceof UndecidedError && queueWatch.stalledSince(stallMs);
      if (stalled)
        throw new NotHeldError(
          `The queue does not drain: for the last ${String(stallMs / 1000)} s it has held at least ${String(stalled)} messages.`,
        );
      throw error;
    }
  }
}
