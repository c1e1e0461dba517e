import { AwsError } from "../../wire/aws-error.ts";
import type { ExecutionEnvironment } from "./execution-environment.ts";

export interface EnvironmentPoolArgs {
  /** Starts an environment; `onEnd` is to be called once it can take no further event. */
  start(onEnd: () => void): ExecutionEnvironment;
  /** Most environments at a time. */
  readonly limit: () => number;
  /** So many environments are started as soon as an event finds none free, as Lambda does. */
  readonly eager: number;
  /**
   * Beyond those, another is started only when no event has been taken for so long: here all
   * environments share the machine's cores, so that more of them help only if the others wait.
   */
  readonly scaleOutAfterMs: number;
  /** An environment without an event for so long is ended. */
  readonly idleMs: number;
}

/** So many failed starts in a row make the pool wait before the next one. */
const failuresBeforeBackoff = 3;
const firstBackoffMs = 100;
const longestBackoffMs = 2_000;

interface Waiter {
  take(environment: ExecutionEnvironment): void;
  refuse(error: Error): void;
}

/** The execution environments of one function: reused when warm, more of them under load. */
export class EnvironmentPool {
  readonly #args: EnvironmentPoolArgs;
  readonly #all = new Set<ExecutionEnvironment>();
  /** Most recently used last: the others may fall idle. */
  readonly #idle: { environment: ExecutionEnvironment; sinceMs: number }[] = [];
  readonly #waiting: Waiter[] = [];
  /** Threads that are about to end. */
  readonly #ending = new Set<Promise<void>>();
  #starting = 0;
  /** Starts that failed since the last one that did not. */
  #failedStarts = 0;
  #noStartBeforeMs = 0;
  #backoff: NodeJS.Timeout | undefined;
  #scaleOut: NodeJS.Timeout | undefined;
  #reaper: NodeJS.Timeout | undefined;
  #draining = false;
  #whenSmaller: (() => void) | undefined;
  #closed = false;

  constructor(args: EnvironmentPoolArgs) {
    this.#args = args;
  }

  get size(): number {
    return this.#all.size;
  }

  /** Runs `use` with an environment of its own. */
  async with<T>(use: (environment: ExecutionEnvironment) => Promise<T>): Promise<T> {
    const free = this.#occupied < this.#args.limit() ? this.#idle.pop()?.environment : undefined;
    const environment = free ?? (await this.#wait());
    try {
      return await use(environment);
    } finally {
      this.#release(environment);
    }
  }

  /** Takes no new event; resolves once those that are under way have ended, and their threads. */
  async drain(): Promise<void> {
    this.#draining = true;
    for (const { environment } of this.#idle.splice(0)) this.#retire(environment);
    while (this.#all.size > 0 || this.#waiting.length > 0)
      await new Promise<void>((resolve) => (this.#whenSmaller = resolve));
    await this.close();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#scaleOut);
    clearTimeout(this.#backoff);
    clearInterval(this.#reaper);
    for (const waiter of this.#waiting.splice(0))
      waiter.refuse(new AwsError("ServiceException", "The function is being replaced.", 500));
    await Promise.all([
      ...[...this.#all].map((environment) => environment.close()),
      ...this.#ending,
    ]);
  }

  /** Environments with an event. The limit may have become less than those that are warm. */
  get #occupied(): number {
    return this.#all.size - this.#idle.length - this.#starting;
  }

  #wait(): Promise<ExecutionEnvironment> {
    return new Promise((take, refuse) => {
      this.#waiting.push({ take, refuse });
      if (this.#all.size < this.#args.eager && this.#starting < this.#waiting.length)
        this.#startOne();
      else this.#considerScaleOut();
    });
  }

  #considerScaleOut(): void {
    if (this.#scaleOut || this.#waiting.length === 0 || this.#closed) return;
    const waitedFor = this.#waiting[0];
    const decide = (): void => {
      this.#scaleOut = undefined;
      // The same event at the head of the line means that nothing has moved for all that time.
      // One that is starting may be the help that is needed; two would only slow each other down.
      if (this.#waiting[0] === waitedFor && this.#starting === 0) this.#startOne();
      this.#considerScaleOut();
    };
    this.#scaleOut = setTimeout(() => {
      // Where this thread itself was busy for so long, the results that wait for it come first.
      setImmediate(decide);
    }, this.#args.scaleOutAfterMs);
  }

  #startOne(): void {
    const leftMs = this.#noStartBeforeMs - performance.now();
    if (leftMs > 0) {
      this.#backoff ??= setTimeout(() => {
        this.#backoff = undefined;
        if (this.#waiting.length > 0 && this.#all.size === 0) this.#startOne();
      }, leftMs);
      return;
    }
    if (this.#all.size >= this.#args.limit()) {
      // Environments that are starting will take a waiter each; only the others are refused.
      if (this.#starting === 0) this.#waiting.shift()?.refuse(throttled());
      else this.#considerScaleOut();
      return;
    }
    const environment = this.#args.start(() => {
      this.#forget(environment);
    });
    this.#all.add(environment);
    this.#starting += 1;
    void environment.ready.then((failure) => {
      this.#starting -= 1;
      if (failure === undefined) {
        this.#failedStarts = 0;
        this.#release(environment);
      } else this.#startFailed(environment);
    });
    this.#reap();
  }

  /**
   * An environment that cannot be initialised answers the event that it was started for. Where one
   * after the other fails, it answers all that wait, and the next start is put off.
   */
  #startFailed(environment: ExecutionEnvironment): void {
    if (this.#all.has(environment)) this.#retire(environment);
    this.#failedStarts += 1;
    const further = this.#failedStarts - failuresBeforeBackoff;
    if (further >= 0)
      this.#noStartBeforeMs =
        performance.now() + Math.min(longestBackoffMs, firstBackoffMs * 2 ** further);
    for (const waiter of this.#waiting.splice(0, further < 0 ? 1 : Infinity))
      waiter.take(environment);
  }

  #release(environment: ExecutionEnvironment): void {
    if (!this.#all.has(environment)) {
      // It ended with its event; a waiter may need another one.
      if (this.#waiting.length > 0 && this.#all.size === 0 && !this.#closed) this.#startOne();
      return;
    }
    const mayTake = this.#draining || this.#occupied <= this.#args.limit();
    const waiter = mayTake ? this.#waiting.shift() : undefined;
    if (waiter) waiter.take(environment);
    else if (this.#draining) this.#retire(environment);
    else this.#idle.push({ environment, sinceMs: performance.now() });
  }

  #retire(environment: ExecutionEnvironment): void {
    this.#all.delete(environment);
    const ended = environment.close().then(() => {
      this.#ending.delete(ended);
      this.#whenSmaller?.();
    });
    this.#ending.add(ended);
  }

  #forget(environment: ExecutionEnvironment): void {
    this.#all.delete(environment);
    const at = this.#idle.findIndex((each) => each.environment === environment);
    if (at >= 0) this.#idle.splice(at, 1);
    this.#whenSmaller?.();
  }

  #reap(): void {
    this.#reaper ??= setInterval(() => {
      const before = performance.now() - this.#args.idleMs;
      for (let oldest = this.#idle[0]; oldest && oldest.sinceMs < before; oldest = this.#idle[0]) {
        this.#idle.shift();
        this.#retire(oldest.environment);
      }
    }, this.#args.idleMs / 4).unref();
  }
}

function throttled(): AwsError {
  return new AwsError("TooManyRequestsException", "Rate Exceeded.", 429, {
    Reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
  });
}
