import type { AwsCall } from "../../wire/aws-call.ts";
import type { HttpAnswer } from "../../wire/http.ts";
import type { BucketStore } from "./bucket-store.ts";
import type { ObjectChange } from "./object-change.ts";
import type { S3Access } from "./s3-access.ts";
import type { NotificationTargets } from "./notifications/notification-targets.ts";

/** What every operation has at hand. */
export interface S3Context {
  readonly store: BucketStore;
  readonly accountId: string;
  readonly access: S3Access;
  readonly targets: NotificationTargets;
  /** Tells whoever the bucket notifies. */
  changed(change: Omit<ObjectChange, "call">, call: AwsCall): void;
}

/** What an operation has of its request besides its input. */
export interface S3Request extends S3Context {
  readonly call: AwsCall;
  /** Headers that came behind the body. */
  readonly trailers: Readonly<Record<string, string>>;
}

/** An output with a status other than the model's. */
export class WithStatus {
  readonly status: number;
  readonly output: object;

  constructor(status: number, output: object) {
    this.status = status;
    this.output = output;
  }
}

/** An answer that the model has no form for. */
export class RawAnswer {
  readonly answer: HttpAnswer;

  constructor(answer: HttpAnswer) {
    this.answer = answer;
  }
}

/** Takes the input by the names of the SDK's model, and answers the output likewise. */
export type S3Operation<Input> = (input: Input, request: S3Request) => object | Promise<object>;

/** Operations by name, each with its own input. */
export type S3Operations = Readonly<Record<string, S3Operation<never>>>;

/** An input whose payload is bytes. */
export type WithBody<Input> = Omit<Input, "Body"> & { readonly Body?: Buffer };

/** An input whose members in the path are there, as its route has them. */
export type Labelled<Input extends { Bucket?: string | undefined }> = Input & {
  readonly Bucket: string;
  readonly Key: string;
};
