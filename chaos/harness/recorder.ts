import type { History, Op, OpType, Phase } from "./history.ts";
import { nowMs } from "./history.ts";
import type { Answer, ProductApi } from "./product-api.ts";
import { findProduct, productValue } from "./product.ts";
import type { Product } from "./product.ts";

const queuedMessage = "A DynamoDB error occurred. Message sent to queue.";
const bodyCharacters = 300;

/** Sends requests to the product API and writes each one into the history. */
export class Recorder {
  phase: Phase = "before";
  readonly #api: ProductApi;
  readonly #history: History;
  readonly #signal: AbortSignal | undefined;
  readonly #idleProcesses: number[] = [];
  readonly #writing = new Map<string, number>();
  #processes = 0;

  constructor(api: ProductApi, history: History, signal?: AbortSignal) {
    this.#api = api;
    this.#history = history;
    this.#signal = signal;
  }

  /** Whether a write of the key has been sent and not yet been answered. */
  isWriting(key: string): boolean {
    return this.#writing.has(key);
  }

  /** Never rejects: an answer that did not come is recorded as `info`. */
  async write(product: Product, intendedMs = nowMs()): Promise<Op> {
    const { id } = product;
    this.#writing.set(id, (this.#writing.get(id) ?? 0) + 1);
    const op = await this.record(
      { kind: "write", key: id, value: productValue(product), intendedMs },
      () => this.#api.post(product, this.#signal),
    );
    const left = (this.#writing.get(id) ?? 1) - 1;
    if (left > 0) this.#writing.set(id, left);
    else this.#writing.delete(id);
    return op;
  }

  /** Never rejects: an answer that did not come is recorded as `info`. */
  read(key: string, intendedMs = nowMs()): Promise<Op> {
    return this.record({ kind: "read", key, intendedMs }, () => this.#api.get(key, this.#signal));
  }

  private async record(
    request: Pick<Op, "kind" | "key" | "intendedMs"> & { readonly value?: string },
    send: () => Promise<Answer>,
  ): Promise<Op> {
    const process = this.#idleProcesses.pop() ?? this.#processes++;
    const { phase } = this;
    const invokeMs = nowMs();
    const outcome = await send().then(
      (answer) => describeAnswer(request.kind, answer),
      (error: unknown) => ({ type: "info" as const, error: describeError(error) }),
    );
    const endMs = nowMs();
    if (outcome.type !== "info") this.#idleProcesses.push(process);
    return this.#history.append({ process, ...request, phase, invokeMs, endMs, ...outcome });
  }
}

type Outcome = Pick<Op, "type" | "status" | "body" | "retryAfter" | "value">;

function describeAnswer(kind: Op["kind"], { status, body, retryAfter }: Answer): Outcome {
  const product = kind === "read" && status === 200 ? findProduct(body) : undefined;
  return {
    type: classify(status, body),
    status,
    body: body.slice(0, bodyCharacters),
    ...(retryAfter !== undefined && { retryAfter }),
    ...(product && { value: productValue(product) }),
  };
}

/** 408 and 429 may come from something in front of the function, after it or before it. */
function classify(status: number, body: string): OpType {
  if (status === 202 || (status === 200 && body.includes(queuedMessage))) return "queued";
  if (status >= 200 && status < 300) return "ok";
  return status >= 400 && status < 500 && status !== 408 && status !== 429 ? "fail" : "info";
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = "code" in error ? ` (${String(error.code)})` : "";
  return `${error.name}: ${error.message}${code}`;
}
