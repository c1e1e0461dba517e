import type { StackOutputs } from "../../infra/outputs.ts";

/** A stack that experiments run on, and the cloud that it is deployed to. */
export interface Target {
  /** Of the AWS APIs, such as `http://127.0.0.1:4566`. */
  readonly endpoint: string;
  readonly outputs: StackOutputs;
  close(): Promise<void>;
}
