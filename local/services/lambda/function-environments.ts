import { availableParallelism } from "node:os";
import { EnvironmentPool } from "./environment-pool.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import type { LambdaHost } from "./lambda-host.ts";
import { startEnvironment } from "./start-environment.ts";

/** Most environments of one function unless it reserves a concurrency: each is a thread here. */
const defaultConcurrency = 200;
const scaleOutAfterMs = 25;
const idleMs = 60_000;

/** The execution environments of every function. */
export class FunctionEnvironments {
  readonly #host: LambdaHost;
  readonly #pools = new Map<LambdaFunction, EnvironmentPool>();
  readonly #retiring = new Map<EnvironmentPool, Promise<void>>();

  constructor(host: LambdaHost) {
    this.#host = host;
  }

  /** Environments that run the function's present code and configuration. */
  of(lambdaFunction: LambdaFunction): EnvironmentPool {
    let pool = this.#pools.get(lambdaFunction);
    if (!pool) {
      pool = new EnvironmentPool({
        start: (onEnd) => startEnvironment(lambdaFunction, this.#host, onEnd),
        limit: () => lambdaFunction.reservedConcurrency ?? defaultConcurrency,
        eager: availableParallelism() + 1,
        scaleOutAfterMs,
        idleMs,
      });
      this.#pools.set(lambdaFunction, pool);
    }
    return pool;
  }

  /** Lets the present environments finish their events; `afterwards` runs once they have. */
  retire(lambdaFunction: LambdaFunction, afterwards: () => Promise<void>): void {
    const pool = this.#pools.get(lambdaFunction);
    this.#pools.delete(lambdaFunction);
    if (!pool) {
      void afterwards();
      return;
    }
    this.#retiring.set(
      pool,
      pool
        .drain()
        .then(afterwards)
        .finally(() => this.#retiring.delete(pool)),
    );
  }

  /** Ends the environments of one function at once. */
  async end(lambdaFunction: LambdaFunction): Promise<void> {
    const pool = this.#pools.get(lambdaFunction);
    this.#pools.delete(lambdaFunction);
    await pool?.close();
  }

  async close(): Promise<void> {
    const pools = [...this.#pools.values(), ...this.#retiring.keys()];
    this.#pools.clear();
    await Promise.all(pools.map((pool) => pool.close()));
    await Promise.all(this.#retiring.values());
  }
}
