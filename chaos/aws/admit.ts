import type { FisClient } from "@aws-sdk/client-fis";
import { CannotRunError } from "../cannot-run-error.ts";
import { awsClients } from "../harness/aws-clients.ts";
import type { Experiment } from "../harness/experiment.ts";
import { activeExperiments } from "../harness/injectors/active-experiments.ts";
import type { Target } from "../harness/target.ts";
import { formatPlan } from "./format-plan.ts";
import { newOwner } from "../ownership/drill-owner.ts";
import { removeLeftovers } from "../preflight/preflight.ts";
import { takeLease } from "./lease.ts";
import { planOf } from "./plan.ts";
import { safetyLever } from "./safety-lever.ts";

export interface AdmitOptions {
  readonly experiments: readonly Experiment[];
  /** Whether the user has said that faults may be injected into this account. */
  readonly allowAws: boolean;
  /** Takes the plan. */
  print(text: string): void;
}

/**
 * What must be so before anything is injected into a real account: the plan is printed, the user
 * allows it, the safety lever is not engaged, no FIS experiment is active, and no other drill has the
 * stack. Until then nothing is written, neither faults nor load.
 *
 * @returns the target, whose closing gives the stack free
 * @throws CannotRunError
 */
export async function admit(target: Target, options: AdmitOptions): Promise<Target> {
  const { endpoint, outputs } = target;
  const { fis, close } = awsClients({ ...(endpoint && { endpoint }), region: outputs.region });
  try {
    const plan = await planOf(fis, target, options.experiments);
    options.print(formatPlan(plan, outputs));
    if (plan.leaseArn === undefined)
      throw new CannotRunError(
        "None of these experiments can be had on this stack: deploy it with awsExperimentTemplates: true, and see the reasons above.",
      );
    if (!options.allowAws)
      throw new CannotRunError(
        "Nothing was injected: this stack is on AWS. Add --allow-aws to carry out the plan above.",
      );
    await assertDisengaged(fis, options.print);
    const owner = target.owner ?? newOwner();
    await removeLeftovers({ fis, chaosApi: undefined }, options.print);
    const active = await activeExperiments(fis);
    if (active.length > 0)
      throw new CannotRunError(
        `FIS experiments are active in this account and region (${active.join(", ")}): wait for their end, or stop them with aws fis stop-experiment --id ID.`,
      );
    const lease = await takeLease(fis, plan.leaseArn, owner);
    return {
      ...target,
      owner,
      async close() {
        await lease.release().finally(close);
        await target.close();
      },
    };
  } catch (error) {
    close();
    if (error instanceof CannotRunError) throw error;
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    throw new CannotRunError(`AWS did not let the drill be prepared (${reason}).`, {
      cause: error,
    });
  }
}

async function assertDisengaged(fis: FisClient, print: (text: string) => void): Promise<void> {
  const lever = await safetyLever(fis).catch((error: unknown) => {
    print(
      `\nThe safety lever cannot be read (${String(error)}); FIS itself starts nothing while it is engaged.`,
    );
    return undefined;
  });
  if (lever && lever.status !== "disengaged")
    throw new CannotRunError(
      `The safety lever of this account and region is ${lever.status} (${lever.reason}): disengage it first.`,
    );
}
