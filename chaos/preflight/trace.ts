import type { FisClient } from "@aws-sdk/client-fis";
import type { ChaosApi } from "../harness/injectors/chaos-api.ts";
import type { DrillOwner } from "../ownership/drill-owner.ts";

/** The cloud of a stack, as far as faults go. */
export interface FaultCloud {
  readonly fis: FisClient;
  /** Undefined on AWS. */
  readonly chaosApi: ChaosApi | undefined;
  /** Absent for AWS. */
  readonly endpoint?: string;
}

/** Something on a stack that perturbs it, or that a drill has created there. */
export interface Trace {
  /** With its id, such as "FIS experiment EXP123". */
  readonly what: string;
  /** The drill that it names; undefined when nobody knows whose it is. */
  readonly owner: DrillOwner | undefined;
  /** ISO 8601, where the owner renews a lease on it. */
  readonly leaseUntil?: string | undefined;
  /** ISO 8601, where it is known. */
  readonly since?: string | undefined;
  /** The command or request that removes it. */
  readonly remedy: string;
  remove(): Promise<unknown>;
}
