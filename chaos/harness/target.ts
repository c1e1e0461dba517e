import type { DrillOwner } from "../ownership/drill-owner.ts";
import type { StackOutputs } from "../../infra/outputs.ts";

/** A stack that experiments run on, and the cloud that it is deployed to. */
export interface Target {
  /** Of an emulated cloud's APIs, such as `http://127.0.0.1:4566`; absent for AWS itself. */
  readonly endpoint?: string;
  /** Whether it is to be treated as a real account. Default: when there is no endpoint. */
  readonly isAws?: boolean;
  /** Whether the cloud ends with the drill's process, and every fault with it. */
  readonly isEmbedded?: boolean;
  /** As whom the drill signs what it puts on the stack. Default: a new owner for each experiment. */
  readonly owner?: DrillOwner;
  readonly outputs: StackOutputs;
  /**
   * Why nothing that goes wrong from here on is the application's fault, such as that the cloud was
   * restarted; resolves with undefined when there is no such reason. Absent: nobody looks.
   */
  disturbance?(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Whether real resources and real callers may be hit. */
export function isAws({ isAws: given, endpoint }: Target): boolean {
  return given ?? endpoint === undefined;
}
