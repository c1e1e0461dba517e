import { readFileSync } from "node:fs";
import type {
  CreateExperimentTemplateActionInput,
  CreateExperimentTemplateCommandInput,
} from "@aws-sdk/client-fis";

/** Input of CreateExperimentTemplate with the given actions and nothing unusual. */
export function templateInput(
  actions: Record<string, CreateExperimentTemplateActionInput>,
  rest: Partial<CreateExperimentTemplateCommandInput> = {},
): CreateExperimentTemplateCommandInput {
  return {
    clientToken: undefined,
    description: "A template of a test",
    stopConditions: [{ source: "none" }],
    roleArn: "arn:aws:iam::000000000000:role/ExperimentRole",
    actions,
    ...rest,
  };
}

/** A template of the LocalStack tutorial on FIS, as it is there. */
export function tutorialTemplate(
  name: "experiment-ddb" | "latency-experiment",
): CreateExperimentTemplateCommandInput {
  const file = new URL(`data/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as CreateExperimentTemplateCommandInput;
}
