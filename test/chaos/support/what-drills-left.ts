import { ListExperimentsCommand, ListExperimentTemplatesCommand } from "@aws-sdk/client-fis";
import { awsClients } from "../../../chaos/harness/aws-clients.ts";

/** What FIS, the Chaos API and the leases of a cloud hold that can perturb calls or is a drill's. */
export async function whatDrillsLeft(endpoint: string) {
  const { fis, close } = awsClients({ endpoint, region: "us-east-1" });
  const read = async (path: string): Promise<unknown> =>
    (await fetch(`${endpoint}/${path}`)).json();
  try {
    const { experiments = [] } = await fis.send(new ListExperimentsCommand({}));
    const { experimentTemplates = [] } = await fis.send(new ListExperimentTemplatesCommand({}));
    return {
      activeExperiments: experiments
        .filter(({ state }) => !["completed", "stopped", "failed"].includes(String(state?.status)))
        .map(({ id }) => id),
      templates: experimentTemplates.map(({ id }) => id),
      faults: await read("_localstack/chaos/faults"),
      effects: await read("_localstack/chaos/effects"),
      leases: ((await read("_outage-drill/leases")) as { leases: { owner: string }[] }).leases,
    };
  } finally {
    close();
  }
}

export const nothing = {
  activeExperiments: [],
  templates: [],
  faults: [],
  effects: { latency: 0 },
  leases: [],
};
