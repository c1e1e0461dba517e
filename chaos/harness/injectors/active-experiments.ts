import { paginateListExperiments } from "@aws-sdk/client-fis";
import type { FisClient } from "@aws-sdk/client-fis";
import { formatOwner } from "../../ownership/drill-owner.ts";
import type { DrillOwner } from "../../ownership/drill-owner.ts";
import { ownerTag } from "../../ownership/owner-tags.ts";
import { isOver } from "./fis-experiment.ts";

/** Ids of the experiments of the account and region that are not over, whoever started them. */
export async function activeExperiments(fis: FisClient): Promise<string[]> {
  const active: string[] = [];
  for await (const { experiments = [] } of paginateListExperiments({ client: fis }, {}))
    active.push(...experiments.flatMap(({ id, state }) => (id && !isOver(state) ? [id] : [])));
  return active;
}

/** Id of the experiment that is not over and that this owner has started. */
export async function findByOwner(fis: FisClient, owner: DrillOwner): Promise<string | undefined> {
  for await (const { experiments = [] } of paginateListExperiments({ client: fis }, {})) {
    const found = experiments.find(
      ({ tags, state }) => tags?.[ownerTag] === formatOwner(owner) && !isOver(state),
    );
    if (found) return found.id;
  }
  return undefined;
}
