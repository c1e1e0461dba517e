import {
  DeleteExperimentTemplateCommand,
  FisServiceException,
  GetExperimentCommand,
  ListExperimentTemplatesCommand,
  paginateListExperiments,
  UntagResourceCommand,
} from "@aws-sdk/client-fis";
import type { ExperimentSummary } from "@aws-sdk/client-fis";
import { leaseKey, readLease } from "../aws/lease.ts";
import { sendKeepingBody } from "../aws/keep-body.ts";
import { isOver, stopExperiment } from "../harness/injectors/fis-experiment.ts";
import { parseOwner } from "../ownership/drill-owner.ts";
import { leaseTag, ownerTag } from "../ownership/owner-tags.ts";
import type { FaultCloud, Trace } from "./trace.ts";

/** As long as AWS may take to undo an experiment. */
const stopDeadlineMs = 10 * 60_000;

/** Actions that perturb nothing. */
const harmless = /^(aws:fis:wait|localstack:generic:do-nothing|localstack:log-debug)$/;

/** Active experiments that do harm or are a drill's, templates of drills, and leases of drills. */
export async function fisTraces(cloud: FaultCloud): Promise<Trace[]> {
  try {
    return [...(await experiments(cloud)), ...(await templates(cloud))];
  } catch (error) {
    // A cloud other than AWS may have no FIS at all.
    if (cloud.endpoint !== undefined && error instanceof FisServiceException) return [];
    throw error;
  }
}

async function experiments(cloud: FaultCloud): Promise<Trace[]> {
  const traces: Trace[] = [];
  for await (const page of paginateListExperiments({ client: cloud.fis }, {}))
    for (const summary of page.experiments ?? []) {
      if (summary.id === undefined || isOver(summary.state)) continue;
      const isOfDrill = summary.tags?.[ownerTag] !== undefined;
      if (isOfDrill || (await isHarmful(cloud, summary.id)))
        traces.push(experimentTrace(cloud, summary.id, summary));
    }
  return traces;
}

async function isHarmful({ fis }: FaultCloud, id: string): Promise<boolean> {
  const { experiment } = await fis.send(new GetExperimentCommand({ id }));
  return Object.values(experiment?.actions ?? {}).some(
    ({ actionId = "", state }) => !harmless.test(actionId) && state?.status !== "skipped",
  );
}

function experimentTrace(cloud: FaultCloud, id: string, summary: ExperimentSummary): Trace {
  const { tags = {}, experimentTemplateId = "", creationTime } = summary;
  return {
    what: `FIS experiment ${id} (template ${experimentTemplateId})`,
    owner: parseOwner(tags[ownerTag]),
    leaseUntil: tags[leaseTag],
    since: creationTime?.toISOString(),
    remedy: `aws fis stop-experiment --id ${id}${at(cloud)}`,
    remove: () => stopExperiment(cloud.fis, id, { deadlineMs: stopDeadlineMs }),
  };
}

interface ListedTemplate {
  readonly id: string;
  readonly arn?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

async function templates(cloud: FaultCloud): Promise<Trace[]> {
  const traces: Trace[] = [];
  let nextToken: string | undefined;
  do {
    const page = (await sendKeepingBody(
      cloud.fis,
      new ListExperimentTemplatesCommand({ ...(nextToken && { nextToken }) }),
    )) as { experimentTemplates?: ListedTemplate[]; nextToken?: string };
    traces.push(...(page.experimentTemplates ?? []).flatMap((each) => templateTraces(cloud, each)));
    nextToken = page.nextToken;
  } while (nextToken !== undefined && nextToken !== "");
  return traces;
}

function templateTraces(cloud: FaultCloud, { id, arn, tags = {} }: ListedTemplate): Trace[] {
  const { fis } = cloud;
  const created = parseOwner(tags[ownerTag]);
  const lease = readLease(tags);
  return [
    ...(created
      ? [
          {
            what: `FIS template ${id}`,
            owner: created,
            remedy: `aws fis delete-experiment-template --id ${id}${at(cloud)}`,
            remove: () => fis.send(new DeleteExperimentTemplateCommand({ id })),
          },
        ]
      : []),
    ...(lease?.owner && arn !== undefined
      ? [
          {
            what: `the lease on FIS template ${id}`,
            owner: lease.owner,
            leaseUntil: lease.until,
            remedy: `aws fis untag-resource --resource-arn ${arn} --tag-keys ${leaseKey}${at(cloud)}`,
            remove: () =>
              fis.send(new UntagResourceCommand({ resourceArn: arn, tagKeys: [leaseKey] })),
          },
        ]
      : []),
  ];
}

function at({ endpoint }: FaultCloud): string {
  return endpoint === undefined ? "" : ` --endpoint-url ${endpoint}`;
}
