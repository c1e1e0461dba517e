import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  FisClient,
  GetExperimentCommand,
  StartExperimentCommand,
  StopExperimentCommand,
  type Experiment,
} from "@aws-sdk/client-fis";
import { randomUUID } from "node:crypto";
import type { StackOutputs } from "../../../infra/outputs.ts";
import { startDrillCloud } from "../../../local/drill-cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { until } from "../fis/until.ts";

export interface Rehearsal extends AsyncDisposable {
  readonly outputs: StackOutputs;
  readonly settings: ReturnType<typeof clientSettings>;
  readonly dynamodb: DynamoDBClient;
  readonly log: readonly Record<string, unknown>[];
  /** Starts the experiment of a template of the stack; answers its id. */
  start(scenario: string): Promise<string>;
  experiment(id: string): Promise<Experiment>;
  /** Stops an experiment and waits until it has ended. */
  stop(id: string): Promise<void>;
  /** Posts a product; answers status and body. */
  post(id: string): Promise<string>;
  /** Reads a product; answers the status. */
  get(id: string): Promise<number>;
}

/** The stack with the templates of AWS's own actions, on an embedded cloud. */
export async function startRehearsal(config: Record<string, string> = {}): Promise<Rehearsal> {
  const log: Record<string, unknown>[] = [];
  const cloud = await startDrillCloud({
    log: (entry) => log.push(entry),
    config: { awsExperimentTemplates: "true", ...config },
  });
  const { outputs } = cloud;
  const settings = clientSettings(cloud.endpoint);
  const fis = new FisClient(settings);
  const experiment = async (id: string) => {
    const answer = await fis.send(new GetExperimentCommand({ id }));
    return answer.experiment ?? {};
  };
  return {
    outputs,
    settings,
    dynamodb: new DynamoDBClient(settings),
    log,
    async start(scenario) {
      const experimentTemplateId = outputs.experimentTemplateIds?.[scenario];
      const started = await fis.send(
        new StartExperimentCommand({ clientToken: randomUUID(), experimentTemplateId }),
      );
      return started.experiment?.id ?? "";
    },
    experiment,
    async stop(id) {
      await fis.send(new StopExperimentCommand({ id }));
      await until("the end of the experiment", async () => {
        const { status = "" } = (await experiment(id)).state ?? {};
        return ["stopped", "failed", "completed"].includes(status) || undefined;
      });
    },
    async post(id) {
      const response = await fetch(outputs.productApiUrl, {
        method: "POST",
        body: JSON.stringify({ id, name: "Widget", price: "29.99", description: "Robust" }),
      });
      return `${String(response.status)} ${await response.text()}`;
    },
    async get(id) {
      const response = await fetch(`${outputs.productApiUrl}?id=${id}`);
      await response.arrayBuffer();
      return response.status;
    },
    [Symbol.asyncDispose]: () => cloud.close(),
  };
}
