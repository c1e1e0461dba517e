import {
  CreateExperimentTemplateCommand,
  GetExperimentCommand,
  StartExperimentCommand,
  type CreateExperimentTemplateCommandInput,
  type Experiment,
  type FisClient,
} from "@aws-sdk/client-fis";
import { until } from "./until.ts";

export async function createTemplate(
  client: FisClient,
  input: CreateExperimentTemplateCommandInput,
): Promise<string> {
  const { experimentTemplate } = await client.send(new CreateExperimentTemplateCommand(input));
  return experimentTemplate?.id ?? "";
}

/** Creates a template and starts an experiment from it. */
export async function startTemplate(
  client: FisClient,
  input: CreateExperimentTemplateCommandInput,
): Promise<Experiment & { id: string }> {
  const experimentTemplateId = await createTemplate(client, input);
  const { experiment } = await client.send(
    new StartExperimentCommand({ experimentTemplateId, clientToken: undefined }),
  );
  return { ...experiment, id: experiment?.id ?? "" };
}

/** The experiment once it has the status. */
export function untilStatus(client: FisClient, id: string, status: string): Promise<Experiment> {
  return until(`status ${status} of ${id}`, async () => {
    const { experiment } = await client.send(new GetExperimentCommand({ id }));
    return experiment?.state?.status === status ? experiment : undefined;
  });
}
