import type { ModelMember } from "./walk-members.ts";
import { type Member, parseMembers } from "../../../local/members/parse-members.ts";

/**
 * The inputs of FIS, whose pinned client exports no schema. Members of the FIS service model
 * 2020-12-01, as botocore 1.43 carries it, in the form of `local/members/`.
 */
const definition = `description stopConditions(source value)
  targets{}(resourceType resourceArns resourceTags filters(path values) selectionMode parameters)
  actions{}(actionId description parameters targets startAfter) roleArn
  logConfiguration(cloudWatchLogsConfiguration(logGroupArn) s3Configuration(bucketName prefix)
  logSchemaVersion)
  experimentReportConfiguration(outputs(s3Configuration(bucketName prefix))
  dataSources(cloudWatchDashboards(dashboardIdentifier)) preExperimentDuration
  postExperimentDuration)`;
const page = "maxResults nextToken";

export const fisModel: Readonly<Record<string, string>> = {
  CreateExperimentTemplate: `clientToken tags ${definition}
    experimentOptions(accountTargeting emptyTargetResolutionMode)`,
  DeleteExperimentTemplate: "id",
  GetAction: "id",
  GetExperiment: "id",
  GetExperimentTemplate: "id",
  GetSafetyLever: "id",
  GetTargetResourceType: "resourceType",
  ListActions: page,
  ListExperimentResolvedTargets: `experimentId ${page} targetName`,
  ListExperimentTemplates: page,
  ListExperiments: `${page} experimentTemplateId`,
  ListTagsForResource: "resourceArn",
  ListTargetResourceTypes: page,
  StartExperiment: "clientToken experimentTemplateId experimentOptions(actionsMode) tags",
  StopExperiment: "id",
  TagResource: "resourceArn tags",
  UntagResource: "resourceArn tagKeys",
  UpdateExperimentTemplate: `id ${definition} experimentOptions(emptyTargetResolutionMode)`,
  UpdateSafetyLeverState: "id state(status reason)",
};

/** Every member of an input of FIS. */
export function fisMembersOf(operation: string): ModelMember[] {
  const text = fisModel[operation];
  if (text === undefined) throw new Error(`No model of fis.${operation}.`);
  return walk(parseMembers(text), "", (value) => value);
}

type Wrap = (value: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

function walk(members: readonly Member[], prefix: string, wrap: Wrap): ModelMember[] {
  return members.flatMap(({ name, ofMapValues, children }) => [
    { path: `${prefix}${name}`, input: wrap({ [name]: sampleOf(children, ofMapValues) }) },
    ...walk(children, `${prefix}${name}${ofMapValues ? "{}" : ""}.`, (value) =>
      wrap({ [name]: ofMapValues ? { key: value } : value }),
    ),
  ]);
}

function sampleOf(children: readonly Member[], ofMapValues: boolean): unknown {
  if (children.length === 0) return "sample";
  const value = Object.fromEntries(
    children.map((child) => [child.name, sampleOf(child.children, child.ofMapValues)]),
  );
  return ofMapValues ? { key: value } : value;
}
