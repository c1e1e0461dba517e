import type { DrillOwner } from "../ownership/drill-owner.ts";
import type { ExperimentTemplate } from "../../infra/outputs.ts";

/** What a drill itself has to know of a stack's outputs; a workload reads the others by their names. */
export interface DrillOutputs {
  readonly region: string;
  /** Of an emulated cloud; absent for AWS itself. */
  readonly endpoint?: string;
  /** FIS templates by scenario, as the program exports them. */
  readonly experimentTemplates?: Readonly<Record<string, ExperimentTemplate>>;
  /** Ids of FIS templates that the stack has created, by scenario. */
  readonly experimentTemplateIds?: Readonly<Record<string, string>>;
}

/** A resource of the stack, under the names that the program gave. */
export interface StackResource {
  /** Type token, such as `aws:dynamodb/table:Table`. */
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Physical id; components have none. */
  readonly id?: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

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
  readonly outputs: DrillOutputs;
  /** The program's own outputs, where they are not `outputs`: it may call anything `endpoint`. */
  readonly ownOutputs?: Readonly<Record<string, unknown>>;
  /** Absent where only the outputs are known. */
  readonly resources?: readonly StackResource[];
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
