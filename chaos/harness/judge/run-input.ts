import type { Effect } from "../../workload-contract.ts";
import type { CheckInput } from "../check-input.ts";
import type { Op } from "../history.ts";
import type { StoreLook, Stores } from "../stores.ts";

/** Everything that a run shows of what became of its writes, in all stores and models. */
export interface RunInput extends Pick<
  CheckInput,
  "drained" | "faultFired" | "fault" | "clockErrorMs"
> {
  readonly history: readonly Op[];
  /** From before the first request. */
  readonly initial: Stores;
  /** In the order in which they were taken; all of them count. */
  readonly looks: readonly StoreLook[];
  readonly givenUp: readonly Effect[];
  /** Whether lists keep the order of acknowledgement. */
  readonly ordered?: boolean;
}
