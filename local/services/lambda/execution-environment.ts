import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import { createInterface } from "node:readline";
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

/** Longest initialisation. Lambda gives it 10 s; here environments share the machine's cores. */
const initTimeoutMs = 30_000;

/**
 * Memory for new objects, in megabytes of a semi-space, of every thread that is started from here on.
 * V8's own choice, once per environment, would be most of what a cloud under load weighs, and the
 * limit of a worker's young generation does not reach it. The main thread keeps V8's choice.
 */
setFlagsFromString("--max-semi-space-size=2");

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
  readonly #worker: Worker;
  readonly #args: ExecutionEnvironmentArgs;
  readonly #ready: Promise<RuntimeError | undefined>;
  #running: Running | undefined;
  #exit = "Runtime exited without providing a reason";
  #ended = false;

  constructor(args: ExecutionEnvironmentArgs) {
    this.#args = args;
    this.#worker = new Worker(new URL("./runtime/bootstrap.ts", import.meta.url), {
      workerData: args.setup,
      env: args.variables,
      argv: [],
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits: {
        maxOldGenerationSizeMb: args.setup.memorySizeMb,
      },
    });
    for (const stream of [this.#worker.stdout, this.#worker.stderr])
      createInterface({ input: stream }).on("line", (line) => {
        args.onOutput(line);
      });
    this.#ready = this.#initialise();
    this.#worker.on("message", (message: FromEnvironment) => {
      this.#take(message);
    });
    this.#worker.on("error", (error: NodeJS.ErrnoException) => {
      this.#exit =
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? "Runtime exited with error: signal: killed"
          : `Runtime exited with error: ${error.message}`;
    });
    this.#worker.on("exit", (code) => {
      if (this.#exit.endsWith("a reason") && code !== 0)
        this.#exit = `Runtime exited with error: exit status ${String(code)}`;
      this.#end();
    });
  }

  /** Resolves with the reason when the handler could not be loaded. */
  get ready(): Promise<RuntimeError | undefined> {
    return this.#ready;
  }

  /** @param startupDelayMs how much later the handler begins; it counts towards the timeout */
  async invoke(
    invocation: Omit<Invocation, "deadlineMs">,
    startupDelayMs = 0,
  ): Promise<InvocationResult> {
    const initError = await this.#ready;
    if (initError) return failure(initError);
    if (this.#ended) return this.#exited(invocation.requestId);
    const { timeoutSeconds } = this.#args;
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#finish({
          functionError: "Unhandled",
          payload: JSON.stringify({
            errorType: "Sandbox.Timedout",
            errorMessage: `RequestId: ${invocation.requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
          }),
        });
        this.#end();
        void this.#worker.terminate();
      }, timeoutSeconds * 1000);
      const deadlineMs = Date.now() + timeoutSeconds * 1000;
      const begin = (): void => {
        this.#worker.postMessage({ ...invocation, deadlineMs } satisfies Invocation);
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

  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #initialise(): Promise<RuntimeError | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve({
          errorType: "Sandbox.Timedout",
          errorMessage: `Initialisation took longer than ${String(initTimeoutMs / 1000)} s`,
        });
        void this.#worker.terminate();
      }, initTimeoutMs);
      const settle = (error: RuntimeError | undefined): void => {
        clearTimeout(timer);
        resolve(error);
      };
      this.#worker.on("message", (message: FromEnvironment) => {
        if (message.kind === "ready") settle(undefined);
        if (message.kind === "init-error") {
          settle(message.error);
          void this.#worker.terminate();
        }
      });
      this.#worker.once("exit", () => {
        settle({ errorType: "Runtime.ExitError", errorMessage: this.#exit });
      });
    });
  }

  #take(message: FromEnvironment): void {
    if (message.kind === "result") this.#finish({ payload: message.payload });
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
      errorMessage: `RequestId: ${requestId} Error: ${this.#exit}`,
    });
  }
}

function failure(error: RuntimeError): InvocationResult {
  return { functionError: "Unhandled", payload: JSON.stringify(error) };
}
