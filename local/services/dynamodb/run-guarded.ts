import { AsyncLocalStorage } from "node:async_hooks";

type Reject = (error: unknown) => void;

const running = new AsyncLocalStorage<Reject>();
let isGuarding = false;

/**
 * A promise of what `run` resolves. It rejects also with what a callback throws that `run` has
 * caused, however late, which would otherwise end the process. Nothing else is held back: what other
 * code throws goes to the process's `uncaughtException` listeners or, without any, ends it.
 */
export function runGuarded<T>(run: (resolve: (value: T) => void) => void): Promise<T> {
  guard();
  return new Promise((resolve, reject) => {
    let isSettled = false;
    const rejectOnce: Reject = (error) => {
      // Nobody waits any more; whoever runs the process is to see it.
      if (isSettled) process.emitWarning(toError(error));
      isSettled = true;
      reject(toError(error));
    };
    running.run(rejectOnce, () => {
      try {
        run((value) => {
          isSettled = true;
          resolve(value);
        });
      } catch (error) {
        rejectOnce(error);
      }
    });
  });
}

function guard(): void {
  if (isGuarding || process.hasUncaughtExceptionCaptureCallback()) return;
  isGuarding = true;
  process.setUncaughtExceptionCaptureCallback((error) => {
    const reject = running.getStore();
    if (reject) {
      reject(error);
      return;
    }
    const listeners = process.listeners("uncaughtException");
    if (listeners.length === 0) throw error;
    for (const listener of listeners) listener(error, "uncaughtException");
  });
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
