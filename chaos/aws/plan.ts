import { GetExperimentTemplateCommand } from "@aws-sdk/client-fis";
import type { ExperimentTemplate, FisClient } from "@aws-sdk/client-fis";
import type { Experiment } from "../harness/experiment.ts";
import { whyNoAction, whyNoTemplate } from "../harness/injectors/why-no-stack-template.ts";
import type { Target } from "../harness/target.ts";

/** What a drill would do to a stack on AWS. */
export interface Plan {
  /** That of the stack's FIS templates; undefined when none of them is to be used. */
  readonly account: string | undefined;
  readonly region: string;
  /**
   * Of the template that says which drill has the stack: the same one whichever experiments are
   * chosen. Undefined when no template is to be used.
   */
  readonly leaseArn: string | undefined;
  readonly experiments: readonly PlannedExperiment[];
  /** Experiments that cannot be had on the stack, with the reason. */
  readonly leftOut: readonly { readonly experiment: string; readonly reason: string }[];
}

export interface PlannedExperiment {
  readonly experiment: Experiment;
  readonly template: ExperimentTemplate;
}

/** Reads the stack's templates, as they are in FIS now. */
export async function planOf(
  fis: FisClient,
  target: Target,
  experiments: readonly Experiment[],
): Promise<Plan> {
  const { experimentTemplateIds = {}, region } = target.outputs;
  const planned: PlannedExperiment[] = [];
  const leftOut: Plan["leftOut"][number][] = [];
  for (const experiment of experiments) {
    const scenario = experiment.stackTemplate?.scenario ?? "";
    const id = experimentTemplateIds[scenario];
    const reason =
      experiment.whyNotOn?.(target) ??
      (id === undefined ? (scenario === "" ? whyNoAction : whyNoTemplate(scenario)) : undefined);
    if (reason !== undefined || id === undefined) {
      leftOut.push({ experiment: experiment.name, reason: reason ?? "" });
      continue;
    }
    const { experimentTemplate } = await fis.send(new GetExperimentTemplateCommand({ id }));
    if (!experimentTemplate) throw new Error(`FIS answered without template ${id}.`);
    planned.push({ experiment, template: experimentTemplate });
  }
  const { roleArn } = planned[0]?.template ?? {};
  return {
    account: roleArn?.split(":")[4],
    region,
    leaseArn: roleArn && leaseArn(roleArn, region, experimentTemplateIds),
    experiments: planned,
    leftOut,
  };
}

/** The first template's by name. The client's models are older than the ARN in FIS's answer. */
function leaseArn(roleArn: string, region: string, ids: Readonly<Record<string, string>>): string {
  const [, partition, , , account] = roleArn.split(":");
  const [first = ""] = Object.keys(ids).sort();
  return `arn:${String(partition)}:fis:${region}:${String(account)}:experiment-template/${String(ids[first])}`;
}
