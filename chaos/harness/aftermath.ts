import { checkRun } from "./check-run.ts";
import type { Verdict } from "./checker.ts";
import type { ExperimentRun } from "./experiment-run.ts";
import type { Pace } from "./pace.ts";
import type { Item } from "./probes/scan-table.ts";
import type { QueueWatch } from "./queue-watch.ts";
import { firstAcknowledgedMs, untilEmpty } from "./recovery.ts";
import { NotHeldError, UndecidedError } from "./step-errors.ts";

export interface AftermathOptions {
  readonly pace: Pace;
  /** From before the first request. */
  readonly initialItems: ReadonlyMap<string, Item>;
  /** Undefined when the stack has no queue. */
  readonly queueWatch: QueueWatch | undefined;
}

/** What a fault leaves behind: how long the recovery takes, and what became of the writes. */
export class Aftermath {
  recoveryMs: number | undefined;
  verdict: Verdict | undefined;
  readonly queueWatch: QueueWatch | undefined;
  readonly #run: ExperimentRun;
  readonly #options: AftermathOptions;
  #drained = false;

  constructor(run: ExperimentRun, options: AftermathOptions) {
    this.#run = run;
    this.#options = options;
    this.queueWatch = options.queueWatch;
  }

  /** Whether nothing of the run is left in the queue. */
  get isDrained(): boolean {
    return this.#drained;
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
   * Reads the table and checks the history. An empty queue may lag behind what was acknowledged, so
   * anything but a valid history is checked again once the queue has stayed empty for a while.
   *
   * @throws UndecidedError when the result is unknown
   */
  async verify(): Promise<string> {
    const { initialItems, pace } = this.#options;
    const check = () => checkRun(this.#run, { initialItems, drained: this.#drained });
    this.verdict = await check();
    if (this.verdict.result !== "valid" && this.#drained) {
      await this.untilQueueIsEmpty(pace.settleMs);
      this.verdict = await check();
    }
    const { result, reasons } = this.verdict;
    if (result === "unknown") throw new UndecidedError(reasons.join(" "));
    return result;
  }

  /** @returns since when it is; at once when the stack has no queue */
  private async untilQueueIsEmpty(forMs: number): Promise<number> {
    const { windows, experiment, signal } = this.#run;
    const sinceMs = windows.stoppedMs ?? 0;
    if (!this.queueWatch) return sinceMs;
    return untilEmpty(this.queueWatch, {
      sinceMs,
      forMs,
      deadlineMs: Math.max(experiment.drainDeadlineMs, this.#options.pace.drainDeadlineMs),
      signal,
    });
  }
}
