import type { ActionContext } from "./actions/action.ts";
import type { ExperimentAction } from "./experiment-store.ts";

/** Runs actions whose plan has a `run`: work of their own that takes its time. */
export interface WorkRunner {
  /** `onEnd` is called with the problem of a work that failed; not for one that was stopped. */
  begin(
    action: ExperimentAction,
    context: ActionContext,
    onEnd: (problem: string | undefined) => void,
  ): void;
  /** Has the work undo what it did; resolves when it has. `undefined` when none is under way. */
  stop(action: ExperimentAction): Promise<void> | undefined;
}

interface Work {
  readonly controller: AbortController;
  readonly done: Promise<void>;
  isStopped: boolean;
}

export function createWorkRunner(): WorkRunner {
  const works = new Map<ExperimentAction, Work>();
  return {
    begin(action, context, onEnd) {
      const { run, durationMs } = action.plan;
      if (!run) throw new Error("The action has no work of its own.");
      const controller = new AbortController();
      let isLate = false;
      const timer =
        durationMs === undefined
          ? undefined
          : setTimeout(() => {
              isLate = true;
              controller.abort();
            }, durationMs).unref();
      const done = run(context, controller.signal).finally(() => {
        clearTimeout(timer);
        works.delete(action);
      });
      const work: Work = { controller, done, isStopped: false };
      works.set(action, work);
      void done.then(
        () => {
          if (work.isStopped) return;
          onEnd(
            isLate ? `It did not end within ${String(durationMs)} ms and was stopped.` : undefined,
          );
        },
        (error: unknown) => {
          if (!work.isStopped) onEnd(error instanceof Error ? error.message : String(error));
        },
      );
    },
    stop(action) {
      const work = works.get(action);
      if (!work) return undefined;
      work.isStopped = true;
      work.controller.abort();
      return work.done;
    },
  };
}
