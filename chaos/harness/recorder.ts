import type { Answer, App, Effect, Workload } from "../workload-contract.ts";
import type { DeployedApp } from "./app.ts";
import { classifyAnswer } from "./classify-answer.ts";
import { assertEffects } from "./effects.ts";
import type { Op, OpLog, Phase } from "./history.ts";
import { isAcknowledged, nowMs } from "./history.ts";
import { orAbort } from "./until.ts";

const bodyCharacters = 300;

/** A write that is to be sent, and the key that it was made for. */
export interface PlannedWrite {
  readonly key: string;
  readonly write: unknown;
}

export interface RecorderOptions {
  readonly workload: Workload;
  readonly app: DeployedApp;
  readonly history: OpLog;
  /** After this long a request is given up. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** Sends the workload's requests and writes each one into the history. */
export class Recorder {
  phase: Phase = "before";
  /** The first error of the workload itself, after which nothing can be judged. */
  problem: Error | undefined;
  readonly #options: RecorderOptions;
  readonly #idleProcesses: number[] = [];
  readonly #writing = new Map<string, number>();
  #processes = 0;
  #inFlight = 0;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** How many requests have been sent and are neither answered nor given up. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** Whether a write that was planned for the key has been sent and not yet been answered. */
  isWriting(key: string): boolean {
    return this.#writing.has(key);
  }

  /** Never rejects: an answer that did not come is recorded as `info`. */
  async write({ key, write }: PlannedWrite, intendedMs = nowMs()): Promise<Op> {
    this.#writing.set(key, (this.#writing.get(key) ?? 0) + 1);
    const { workload } = this.#options;
    const planned = this.effectsOf(() => workload.effects(write));
    const op = await this.record(
      { kind: "write", key, intendedMs },
      async (app) => workload.send(write, app),
      (answer) => {
        const type = this.#guarded(
          () => workload.result?.(answer, write) ?? classifyAnswer(answer),
          "info",
        );
        const isKnown = isAcknowledged({ kind: "write", type });
        const effects = isKnown ? this.effectsOf(() => workload.effects(write, answer)) : planned;
        return { type, ...fieldsOf(key, effects) };
      },
      fieldsOf(key, planned),
    );
    const left = (this.#writing.get(key) ?? 1) - 1;
    if (left > 0) this.#writing.set(key, left);
    else this.#writing.delete(key);
    return op;
  }

  /**
   * Never rejects: an answer that did not come is recorded as `info`.
   *
   * @throws TypeError when the workload has no reads
   */
  read(key: string, intendedMs = nowMs()): Promise<Op> {
    const { workload } = this.#options;
    if (!workload.read) throw new TypeError("The workload has no reads.");
    const read = workload.read.bind(workload);
    return this.record(
      { kind: "read", key, intendedMs },
      async (app) => read(key, app),
      (answer: Answer & { readonly found?: unknown }) => {
        const { found } = answer;
        return {
          type: classifyAnswer(answer) === "queued" ? "ok" : classifyAnswer(answer),
          ...(typeof found === "string" && { value: found }),
          ...((typeof found === "number" || Array.isArray(found)) && { found: found as number }),
        };
      },
    );
  }

  private async record<A extends Answer>(
    request: Pick<Op, "kind" | "key" | "intendedMs">,
    send: (app: App) => Promise<A>,
    judge: (answer: A) => Pick<Op, "type"> & Partial<Op>,
    unanswered: Partial<Op> = {},
  ): Promise<Op> {
    const process = this.#idleProcesses.pop() ?? this.#processes++;
    const { phase } = this;
    const { app, signal, timeoutMs, history } = this.#options;
    const begun = history.begin?.({ process, ...request, phase, ...unanswered });
    const index = begun && (await begun);
    const timeout = AbortSignal.timeout(timeoutMs);
    const ends = signal ? AbortSignal.any([timeout, signal]) : timeout;
    const invokeMs = nowMs();
    this.#inFlight += 1;
    const sent = ends.aborted ? Promise.reject(ends.reason as Error) : send(app.during(ends));
    const outcome = await orAbort(sent, ends).then(
      (answer) => ({ ...describeAnswer(answer), ...judge(answer) }),
      (error: unknown) => ({ type: "info" as const, error: describeError(error), ...unanswered }),
    );
    const endMs = nowMs();
    this.#inFlight -= 1;
    if (outcome.type !== "info") this.#idleProcesses.push(process);
    return history.append({ process, ...request, phase, invokeMs, endMs, ...outcome }, index);
  }

  private effectsOf(compute: () => unknown): readonly Effect[] {
    return this.#guarded(() => {
      const effects = compute();
      assertEffects(effects);
      return effects;
    }, []);
  }

  #guarded<T>(compute: () => T, otherwise: T): T {
    try {
      return compute();
    } catch (error) {
      this.problem ??= error instanceof Error ? error : new Error(String(error));
      return otherwise;
    }
  }
}

/** The fields of an operation that say what it does. */
function fieldsOf(planned: string, effects: readonly Effect[]): Partial<Op> {
  const [first] = effects;
  if (!first) return { isKeyUnknown: true, key: planned, effects: [] };
  const isPlain = effects.length === 1 && "put" in first && first.in === undefined;
  return { key: first.key, ...(isPlain ? { value: first.put } : { effects }) };
}

function describeAnswer({ status, body, headers }: Answer): Partial<Op> {
  const retryAfter = headers?.["retry-after"];
  return {
    status,
    body: body.slice(0, bodyCharacters),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? ` (${String(error.code)})` : "";
  return `${error.name}: ${error.message}${code}`;
}
