import { paginateListExperiments } from "@aws-sdk/client-fis";
import type { FisClient } from "@aws-sdk/client-fis";
import { isOver } from "./fis-experiment.ts";

/** Ids of the experiments of the account and region that are not over, whoever started them. */
export async function activeExperiments(fis: FisClient): Promise<string[]> {
  const active: string[] = [];
  for await (const { experiments = [] } of paginateListExperiments({ client: fis }, {}))
    active.push(...experiments.flatMap(({ id, state }) => (id && !isOver(state) ? [id] : [])));
  return active;
}
