import type { LambdaContext } from "./lambda-context.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import { runFunction } from "./run-function.ts";

/** Waits before the two retries. Source: Lambda Developer Guide, asynchronous invocation. */
const retryAfterMs = [60_000, 120_000];

/** Events that nobody waits for, in memory: tried up to three times, then dropped and logged. */
export class AsyncInvocations {
  readonly #context: Pick<LambdaContext, "environments" | "host" | "invocationFaults">;
  readonly #timers = new Set<NodeJS.Timeout>();
  #closed = false;

  constructor(context: Pick<LambdaContext, "environments" | "host" | "invocationFaults">) {
    this.#context = context;
  }

  accept(lambdaFunction: LambdaFunction, payload: string, clientContext?: string): void {
    void this.#attempt(lambdaFunction, payload, { attempt: 0, clientContext });
  }

  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
  }

  async #attempt(
    lambdaFunction: LambdaFunction,
    payload: string,
    { attempt, clientContext }: { attempt: number; clientContext: string | undefined },
  ): Promise<void> {
    const failed = await runFunction(lambdaFunction, payload, this.#context, clientContext).then(
      (result) => result.functionError !== undefined,
      () => true,
    );
    if (!failed || this.#closed) return;
    const waitMs = retryAfterMs[attempt];
    if (waitMs === undefined) {
      this.#context.host.log({ event: "async-invocation-dropped", function: lambdaFunction.name });
      return;
    }
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#attempt(lambdaFunction, payload, { attempt: attempt + 1, clientContext });
    }, waitMs);
    this.#timers.add(timer);
  }
}
