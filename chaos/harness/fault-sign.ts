import type { ExperimentRun } from "./experiment-run.ts";
import type { Op } from "./history.ts";
import { UndecidedError } from "./step-errors.ts";
import { until, UntilError } from "./until.ts";

/** No request of a drill is this slow without a fault; see `isSteady`. */
const slowMs = 3_000;
/** How long answers may need to come in after the caller's own timeout. */
const signGraceMs = 1_000;

/** What shows that the application has met the fault of a run. */
export class FaultSign {
  readonly #run: ExperimentRun;
  readonly #firedBy: (injectionId: string) => Promise<number | undefined>;
  /** Calls of the application that the fault has hit, where the cloud counts them. */
  #fired: number | undefined;

  constructor(run: ExperimentRun, firedBy: (injectionId: string) => Promise<number | undefined>) {
    this.#run = run;
    this.#firedBy = firedBy;
  }

  get isSeen(): boolean {
    if ((this.#fired ?? 0) > 0) return true;
    const { windows, history, experiment, fault } = this.#run;
    const ops = windows.touchedByFault(history.ops);
    return ops.some((op) => isSlow(op) || experiment.faultSign(op, fault));
  }

  /** A sign may be a slow answer, so it is awaited for as long as a caller waits. */
  async assertSeen(): Promise<void> {
    const { signal, experiment, injected } = this.#run;
    const look = async () => {
      if (this.isSeen) return true;
      const { id } = injected?.injection ?? {};
      if (experiment.mayFireUnseen && id !== undefined) this.#fired = await this.#firedBy(id);
      return this.isSeen;
    };
    await until("the fault shows in the answers", look, {
      deadlineMs: experiment.load.timeoutMs + signGraceMs,
      signal,
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      if (!(error instanceof UntilError)) throw error;
      throw new UndecidedError(
        this.#fired === 0
          ? "The fault never fired: the application made no such call while it was in effect."
          : "The fault never fired: no request was answered as during it.",
      );
    });
  }
}

function isSlow(op: Op): boolean {
  return op.endMs - op.invokeMs >= slowMs;
}
