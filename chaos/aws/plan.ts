import { GetExperimentTemplateCommand } from "@aws-sdk/client-fis";
import type { ExperimentTemplate, FisClient } from "@aws-sdk/client-fis";
import type { Experiment } from "../harness/experiment.ts";
import { whyNoAction, whyNoTemplate } from "../harness/injectors/why-no-stack-template.ts";
import { whyNotOn } from "../harness/why-not-on.ts";
import type { Target } from "../harness/target.ts";

/** What a drill would do to a stack on AWS. */
export interface Plan {
  /** That of the stack's FIS templates; undefined when none of them is to be used. */
  readonly account: string | undefined;
  readonly region: string;
  readonly experiments: readonly PlannedExperiment[];
  /** Experiments that cannot be had on the stack, with the reason. */
  readonly leftOut: readonly { readonly experiment: string; readonly reason: string }[];
}

export interface PlannedExperiment {
  readonly experiment: Experiment;
  readonly template: ExperimentTemplate;
  readonly templateArn: string;
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
      whyNotOn(experiment, target) ??
      (id === undefined ? (scenario === "" ? whyNoAction : whyNoTemplate(scenario)) : undefined);
    if (reason !== undefined || id === undefined) {
      leftOut.push({ experiment: experiment.name, reason: reason ?? "" });
      continue;
    }
    const { experimentTemplate } = await fis.send(new GetExperimentTemplateCommand({ id }));
    if (!experimentTemplate) throw new Error(`FIS answered without template ${id}.`);
    const [, partition, , , account] = experimentTemplate.roleArn?.split(":") ?? [];
    planned.push({
      experiment,
      template: experimentTemplate,
      // The client's models are older than the ARN in FIS's answer.
      templateArn: `arn:${String(partition)}:fis:${region}:${String(account)}:experiment-template/${id}`,
    });
  }
  return {
    account: planned[0]?.templateArn.split(":")[4],
    region,
    experiments: planned,
    leftOut,
  };
}
