import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { exitReason } from "./runtime-exit.ts";
import { readLines } from "./read-lines.ts";
import type {
  EnvironmentSetup,
  FromEnvironment,
  Invocation,
  RuntimeError,
} from "./runtime/messages.ts";

export interface InvocationResult {
  /** JSON text of what the handler answered, or of the error. */
  readonly payload: string;
  readonly functionError?: "Unhandled";
}

export interface ExecutionEnvironmentArgs {
  readonly setup: EnvironmentSetup;
  /** All that the function's process.env holds. */
  readonly variables: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** Takes each line that the function writes. */
  onOutput(line: string): void;
  /** The environment can take no further event. */
  onEnd(): void;
}

/**
 * Longest initialisation, in seconds. Lambda begins a longer one once more, as part of the event and
 * within the function's timeout. Source: Lambda Developer Guide, "Lambda execution environment".
 */
const initSeconds = 10;
/** How long `close` waits for a thread that is inside a call which nothing can interrupt. */
const longestCloseMs = 2_000;
/** Exit status of Node.js that does not know an option in NODE_OPTIONS. */
const invalidOptions = 9;

/**
 * Memory for new objects, in megabytes of a semi-space, of every thread that is started from here on.
 * V8's own choice, once per environment, would be most of what a cloud under load weighs, and the
 * limit of a worker's young generation does not reach it. The main thread keeps V8's choice.
 */
setFlagsFromString("--max-semi-space-size=2");

/** Why an environment takes no event: what its code threw, its end, or that it was not ready in time. */
export type InitFailure = RuntimeError | "exited" | "timed-out";

interface Running {
  readonly requestId: string;
  readonly timer: NodeJS.Timeout;
  /** Of a handler that is yet to begin. */
  readonly startup?: NodeJS.Timeout;
  finish(result: InvocationResult): void;
}

/**
 * One execution environment: a worker thread that runs one event at a time, with its own variables
 * and its own memory limit, and is killed at its function's timeout.
 */
export class ExecutionEnvironment {
  readonly #worker: Worker | undefined;
  readonly #args: ExecutionEnvironmentArgs;
  readonly #ready: Promise<InitFailure | undefined>;
  #running: Running | undefined;
  #exit: string | undefined;
  #ended = false;

  constructor(args: ExecutionEnvironmentArgs) {
    this.#args = args;
    try {
      this.#worker = startWorker(args);
    } catch (error) {
      this.#exit = refusedStart(error);
      this.#ready = Promise.resolve("exited");
      // Whoever starts an environment has yet to get hold of it.
      queueMicrotask(() => {
        this.#end();
      });
      return;
    }
    for (const stream of [this.#worker.stdout, this.#worker.stderr])
      void readLines(stream, (line) => {
        args.onOutput(line);
      }).catch(() => {
        // A thread that is ended with its output half read leaves the rest unread.
      });
    this.#ready = this.#initialise(this.#worker);
    this.#worker.on("message", (message: FromEnvironment) => {
      this.#take(message);
    });
    this.#worker.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") this.#exit = exitReason({ signal: "SIGKILL" });
      else args.onOutput(error.stack ?? error.message);
    });
    this.#worker.on("exit", (code) => {
      this.#exit ??= exitReason({ code });
      this.#end();
    });
  }

  /** Resolves, with the reason where it can take no event, once it is initialised. */
  get ready(): Promise<InitFailure | undefined> {
    return this.#ready;
  }

  /** @param startupDelayMs how much later the handler begins; it counts towards the timeout */
  async invoke(
    invocation: Omit<Invocation, "deadlineMs">,
    startupDelayMs = 0,
  ): Promise<InvocationResult> {
    const initFailure = await this.#ready;
    if (initFailure === "timed-out") return this.#timedOut(invocation.requestId);
    if (initFailure !== undefined && initFailure !== "exited") return failure(initFailure);
    if (initFailure === "exited" || this.#ended) return this.#exited(invocation.requestId);
    const { timeoutSeconds } = this.#args;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#finish(this.#timedOut(invocation.requestId));
        this.#end();
        void this.#worker?.terminate();
      }, timeoutSeconds * 1000);
      const deadlineMs = Date.now() + timeoutSeconds * 1000;
      const begin = (): void => {
        this.#worker?.postMessage({ ...invocation, deadlineMs } satisfies Invocation);
      };
      this.#running = {
        requestId: invocation.requestId,
        timer,
        finish: resolve,
        ...(startupDelayMs > 0 && { startup: setTimeout(begin, startupDelayMs) }),
      };
      if (startupDelayMs <= 0) begin();
    });
  }

  /** Ends the thread. A thread in a call that cannot be interrupted is left behind after a while. */
  async close(): Promise<void> {
    const { promise: late, resolve } = Promise.withResolvers<unknown>();
    const timer = setTimeout(resolve, longestCloseMs, undefined);
    await Promise.race([this.#worker?.terminate(), late]);
    clearTimeout(timer);
  }

  #initialise(worker: Worker): Promise<InitFailure | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => {
          resolve("timed-out");
          void worker.terminate();
        },
        Math.max(initSeconds, this.#args.timeoutSeconds) * 1000,
      );
      const settle = (problem: InitFailure | undefined): void => {
        clearTimeout(timer);
        resolve(problem);
      };
      worker.on("message", (message: FromEnvironment) => {
        if (message.kind === "ready") settle(undefined);
        if (message.kind === "init-error") {
          settle(message.error);
          void worker.terminate();
        }
      });
      worker.once("exit", () => {
        settle("exited");
      });
    });
  }

  #take(message: FromEnvironment): void {
    if (message.kind === "exit") this.#exit = exitReason({ signal: message.signal });
    else if (message.kind === "result") this.#finish({ payload: message.payload });
    else if (message.kind === "error") this.#finish(failure(message.error));
  }

  #finish(result: InvocationResult): void {
    const running = this.#running;
    if (!running) return;
    this.#running = undefined;
    clearTimeout(running.timer);
    clearTimeout(running.startup);
    running.finish(result);
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#running) this.#finish(this.#exited(this.#running.requestId));
    this.#args.onEnd();
  }

  #exited(requestId: string): InvocationResult {
    return failure({
      errorType: "Runtime.ExitError",
      errorMessage: `RequestId: ${requestId} Error: ${this.#exit ?? exitReason({ code: 0 })}`,
    });
  }

  #timedOut(requestId: string): InvocationResult {
    const seconds = this.#args.timeoutSeconds.toFixed(2);
    return failure({
      errorType: "Sandbox.Timedout",
      errorMessage: `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`,
    });
  }
}

function startWorker({ setup, variables }: ExecutionEnvironmentArgs): Worker {
  return new Worker(new URL("./runtime/bootstrap.ts", import.meta.url), {
    workerData: setup,
    env: variables,
    argv: [],
    stdin: false,
    stdout: true,
    stderr: true,
    resourceLimits: {
      maxOldGenerationSizeMb: setup.memorySizeMb,
    },
  });
}

/** Why no thread was started: an option that Node.js does not know, or none are left. */
function refusedStart(error: unknown): string {
  if ((error as NodeJS.ErrnoException).code === "ERR_WORKER_INVALID_EXEC_ARGV")
    return exitReason({ code: invalidOptions });
  return `Runtime exited with error: ${error instanceof Error ? error.message : String(error)}`;
}

function failure(error: RuntimeError): InvocationResult {
  return { functionError: "Unhandled", payload: JSON.stringify(error) };
}
