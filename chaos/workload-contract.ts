import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SNSClient } from "@aws-sdk/client-sns";
import type { SQSClient } from "@aws-sdk/client-sqs";

/** What a caller may conclude from an answer: accepted, accepted for later, refused, or nothing at all. */
export type Result = "ok" | "queued" | "fail" | "info";

/**
 * What one write does to one key. Several effects of one write are a transaction: all or none.
 *
 * - `put`: a register. The last acknowledged value is there.
 * - `remove`: a register. Nothing older comes back.
 * - `add`: a counter. What is found is the sum of the acknowledged, or that and some of the unknown.
 * - `append`: a list. Each acknowledged element is there, once; in order if the workload is `ordered`.
 */
export type Effect = (
  | { readonly key: string; readonly put: string }
  | { readonly key: string; readonly remove: true }
  | { readonly key: string; readonly add: number }
  | { readonly key: string; readonly append: string }
) & {
  /**
   * The one store, of those that `truth` returns, in which the effect shows. Default: in every store; or,
   * where the stores are found to have no keys in common, in the one that has the key.
   */
  readonly in?: string;
};

/** What is found of a register, of a counter or of a list; undefined when there is nothing. */
export type Found = string | number | readonly string[] | undefined;

/** The answer to a request, over HTTP or in the same form. */
export interface Answer {
  /** HTTP status. */
  readonly status: number;
  readonly body: string;
  /** By their names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Clients for the stack's cloud. Each makes one attempt a call, so that no fault is hidden. */
export interface AwsClients {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly sns: SNSClient;
  readonly events: EventBridgeClient;
}

export interface HttpEndpoint {
  /**
   * One attempt; rejects when no answer comes.
   *
   * @param path appended to the URL's own path: `/items/1`, `?id=1` or empty
   * @param headers beside `content-type: application/json`, which a body has unless another is given
   */
  send(
    method: string,
    path: string,
    body?: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
}

/** The deployed application: a workload reaches it through nothing else. */
export interface App {
  /** @throws an error that names the outputs that there are */
  output(name: string): string;
  /**
   * The outputs of a resource, its physical `id` among them, by the program's own names.
   *
   * @param type such as `aws:dynamodb/table:Table`
   * @throws an error that names the resources that there are
   */
  resource(type: string, name: string): Readonly<Record<string, unknown>>;
  /** @param url such as an output of the stack; names that only an emulator serves are reached there */
  http(url: string): HttpEndpoint;
  readonly aws: AwsClients;
  /** Aborted when the request is to end; for calls of `aws` that take one. */
  readonly signal: AbortSignal;
}

/**
 * All that a drill knows of an application: what is written, how, and where it is found. The default export
 * of a workload file.
 *
 * @example
 * const workload: Workload<{ id: string; text: string }> = {
 *   next: (key, n) => ({ id: key, text: `text ${n}` }),
 *   effects: ({ id, text }) => [{ key: id, put: text }],
 *   send: (note, app) => app.http(app.output("url")).send("POST", "/notes", JSON.stringify(note)),
 *   truth: async (app) => ({ notes: await scan(app) }),
 * };
 * export default workload;
 */
export interface Workload<W = unknown> {
  /** Write number `n` of this key, from 1 on; no two writes of a run are equal. */
  next(key: string, n: number): W;
  /**
   * Called before the answer, and after it where the write was acknowledged: the application itself may
   * choose the key. An empty list before the answer says that nobody knows the key yet.
   */
  effects(write: W, answer?: Answer): readonly Effect[];
  /** One attempt, as a caller makes it: an HTTP request, SendMessage, PutObject. */
  send(write: W, app: App): Promise<Answer>;
  /** What a caller reads of a key; `found` is absent, or undefined, when there is nothing. */
  read?(key: string, app: App): Promise<Answer & { readonly found?: Found }>;
  /** Default: 202 queued, other 2xx ok, 4xx but 408 and 429 fail, the rest info. */
  result?(answer: Answer, write?: W): Result;
  /** Ground truth past the application, consistently read: one map for each store or projection. */
  truth(app: App): Promise<Readonly<Record<string, ReadonlyMap<string, Found>>>>;
  /**
   * The truth of these keys alone, at most 100 of them, in the stores that `truth` returns: for stores that
   * do not fit into memory. Only `outage-drill check` asks for it.
   */
  truthOf?(
    keys: readonly string[],
    app: App,
  ): Promise<Readonly<Record<string, ReadonlyMap<string, Found>>>>;
  /** What acknowledged writes still wait in: queue depth, stream age. All 0 is "drained". Default: {}. */
  pending?(app: App): Promise<Readonly<Record<string, number>>>;
  /** What was given up on: dead letters, as the effects that they stand for. */
  givenUp?(app: App): Promise<readonly Effect[]>;
  /** A write that the application has to refuse, for the self-test: its answer has to be a `fail`. */
  refused?(key: string): W;
  /** What must hold in every drill of this application, such as "recovery<10s"; see docs/objectives.md. */
  readonly objectives?: readonly string[];
  /** Lists keep the order of acknowledgement for each key (FIFO message groups). */
  readonly ordered?: boolean;
}
