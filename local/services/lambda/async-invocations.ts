import type { LambdaContext } from "./lambda-context.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import { runFunction } from "./run-function.ts";

/** Waits before the two retries. Source: Lambda Developer Guide, asynchronous invocation. */
const retryAfterMs = [60_000, 120_000];

/**
 * Between attempts that did not come to the function, which are made for 6 hours, from 1 second on
 * to 5 minutes apart. Source: Lambda Developer Guide, "How Lambda handles errors and retries with
 * asynchronous invocation".
 */
const firstBackoffMs = 1_000;
const longestBackoffMs = 300_000;
const maxAgeMs = 6 * 3_600_000;

interface Accepted {
  readonly lambdaFunction: LambdaFunction;
  readonly payload: string;
  readonly clientContext: string | undefined;
  readonly acceptedMs: number;
  /** How often the function has failed on it. */
  failures: number;
  backoffMs: number;
}

type Outcome = "succeeded" | "failed" | "not-run";

/**
 * Events that nobody waits for, in memory. An event on which its function fails is tried up to three
 * times; one that does not come to the function (no free environment, an environment that does not
 * start) is tried for 6 hours. It is then dropped and logged.
 */
export class AsyncInvocations {
  readonly #context: Pick<LambdaContext, "environments" | "host" | "invocationFaults">;
  readonly #timers = new Set<NodeJS.Timeout>();
  #closed = false;

  constructor(context: Pick<LambdaContext, "environments" | "host" | "invocationFaults">) {
    this.#context = context;
  }

  accept(lambdaFunction: LambdaFunction, payload: string, clientContext?: string): void {
    void this.#attempt({
      ...{ lambdaFunction, payload, clientContext },
      ...{ acceptedMs: performance.now(), failures: 0, backoffMs: firstBackoffMs },
    });
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #attempt(event: Accepted): Promise<void> {
    const { lambdaFunction, payload, clientContext } = event;
    const outcome = await runFunction(lambdaFunction, payload, this.#context, clientContext).then(
      (result): Outcome => (result.functionError === undefined ? "succeeded" : "failed"),
      (): Outcome => "not-run",
    );
    if (outcome === "succeeded" || this.#closed) return;
    const waitMs = nextWaitMs(event, outcome);
    if (waitMs === undefined) {
      this.#context.host.log({ event: "async-invocation-dropped", function: lambdaFunction.name });
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#attempt(event);
    }, waitMs);
    this.#timers.add(timer);
  }
}

/** How long to wait for the next attempt; `undefined` when there is none. */
function nextWaitMs(event: Accepted, outcome: "failed" | "not-run"): number | undefined {
  if (outcome === "failed") return retryAfterMs[event.failures++];
  const waitMs = event.backoffMs;
  event.backoffMs = Math.min(waitMs * 2, longestBackoffMs);
  return performance.now() - event.acceptedMs + waitMs > maxAgeMs ? undefined : waitMs;
}
