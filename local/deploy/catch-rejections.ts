import { AsyncLocalStorage } from "node:async_hooks";

type Listener = NodeJS.UnhandledRejectionListener;

const rejectOf = new AsyncLocalStorage<(error: unknown) => void>();
let running = 0;
let others: Listener[] = [];

/**
 * Runs a callback, and rejects with the first rejection that it leaves unhandled. Pulumi's runtime
 * leaves errors in a resource's inputs to its language host, which exits on an unhandled one.
 * Rejections that come from elsewhere go where they would have gone.
 */
export async function catchRejections<Result>(callback: () => Promise<Result>): Promise<Result> {
  const caught = Promise.withResolvers<never>();
  caught.promise.catch(() => undefined);
  takeOver();
  try {
    const result = await Promise.race([rejectOf.run(caught.reject, callback), caught.promise]);
    // Node reports what is unhandled at the end of the turn.
    return await Promise.race([caught.promise, endOfTurn().then(() => result)]);
  } finally {
    await endOfTurn();
    handBack();
  }
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function takeOver(): void {
  running += 1;
  if (running === 1) {
    others = process.listeners("unhandledRejection");
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", onRejection);
  }
}

function handBack(): void {
  running -= 1;
  if (running === 0) {
    process.off("unhandledRejection", onRejection);
    others.forEach((listener) => process.on("unhandledRejection", listener));
  }
}

function onRejection(error: unknown, promise: Promise<unknown>): void {
  const reject = rejectOf.getStore();
  if (reject !== undefined) {
    reject(error);
  } else if (others.length > 0) {
    others.forEach((listener) => {
      listener(error, promise);
    });
  } else {
    // As Node does without a listener: an uncaught exception.
    throw error;
  }
}
