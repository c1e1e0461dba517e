import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SNSClient } from "@aws-sdk/client-sns";
import type { SQSClient } from "@aws-sdk/client-sqs";

/** What a caller may conclude from an answer: accepted, accepted for later, refused, or nothing at all. */
export type Result = "ok" | "queued" | "fail" | "info";

/** What one write does to one key. Several effects of one write are a transaction: all or none. */
export type Effect =
  | { readonly key: string; readonly put: string } //     register: the last acknowledged one is there
  | { readonly key: string; readonly remove: true } //    register: nothing older comes back
  | { readonly key: string; readonly add: number } //     counter: sum of acknowledged <= found <= that plus unknown
  | { readonly key: string; readonly append: string }; // list: each acknowledged one is there, in order if `ordered`

/** What is found of a register, a counter or a list. */
export type Found = string | number | readonly string[] | undefined;

/** An answer over HTTP, or of an AWS call in the same form. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Clients of the stack's endpoint; each makes one attempt a call. */
export interface AwsClients {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly sns: SNSClient;
}

/** The deployed application: a workload reaches it through nothing else. */
export interface App {
  /** An output of the stack. */
  output(name: string): string;
  /** Physical id, ARN and so on, by the program's own names: no output has to be added for the drill. */
  resource(type: string, name: string): Readonly<Record<string, unknown>>;
  http(url: string): { send(method: string, path: string, body?: string): Promise<Answer> };
  readonly aws: AwsClients;
  readonly signal: AbortSignal;
}

/** All that a drill knows of an application; the default export of a workload file. */
export interface Workload<W = unknown> {
  /** Write number `n` for this key; no two writes of a run are equal. */
  next(key: string, n: number): W;
  /** Before the answer; and after it, where the application itself chooses the key or a version. */
  effects(write: W, answer?: Answer): readonly Effect[];
  /** One attempt, as a caller makes it: an HTTP request, SendMessage, PutObject. */
  send(write: W, app: App): Promise<Answer>;
  read?(key: string, app: App): Promise<Answer & { readonly found?: Found }>;
  /** Default: 202 queued, other 2xx ok, 4xx but 408 and 429 fail, the rest info. */
  result?(answer: Answer, write?: W): Result;
  /** Ground truth past the application, consistently read: one map for each store or projection. */
  truth(app: App): Promise<Readonly<Record<string, ReadonlyMap<string, Found>>>>;
  /** What acknowledged writes still wait in: queue depth, stream age. All 0 is "drained". Default: {}. */
  pending?(app: App): Promise<Readonly<Record<string, number>>>;
  /** What was given up on: dead letters, as the effects that they stand for. */
  givenUp?(app: App): Promise<readonly Effect[]>;
  /** Lists keep the order of acknowledgement for each key (FIFO message groups). */
  readonly ordered?: boolean;
}
