import type { OperationMembers, ServiceMembers } from "../member-table.ts";

const page = "maxResults nextToken";
const byId: OperationMembers = { honours: "id" };
const definition = `description stopConditions(source value)
  targets{}(resourceType resourceArns resourceTags filters(path values) selectionMode parameters)
  actions{}(actionId description parameters targets startAfter) roleArn
  logConfiguration(cloudWatchLogsConfiguration(logGroupArn) logSchemaVersion)`;
const refused = "logConfiguration(s3Configuration) experimentReportConfiguration";

/** Source: FIS API 2020-12-01. */
export const fisMembers: ServiceMembers = {
  CreateExperimentTemplate: {
    honours: `clientToken tags ${definition}
      experimentOptions(accountTargeting emptyTargetResolutionMode)`,
    refuses: refused,
  },
  UpdateExperimentTemplate: {
    honours: `id ${definition} experimentOptions(emptyTargetResolutionMode)`,
    refuses: refused,
  },
  GetExperimentTemplate: byId,
  DeleteExperimentTemplate: byId,
  ListExperimentTemplates: { honours: page },
  StartExperiment: {
    honours: "clientToken experimentTemplateId experimentOptions(actionsMode) tags",
  },
  StopExperiment: byId,
  GetExperiment: byId,
  ListExperiments: { honours: `${page} experimentTemplateId` },
  ListExperimentResolvedTargets: { honours: `experimentId targetName ${page}` },
  GetAction: byId,
  ListActions: { honours: page },
  GetTargetResourceType: { honours: "resourceType" },
  ListTargetResourceTypes: { honours: page },
  GetSafetyLever: byId,
  UpdateSafetyLeverState: { honours: "id state(status reason)" },
  TagResource: { honours: "resourceArn tags" },
  UntagResource: { honours: "resourceArn tagKeys" },
  ListTagsForResource: { honours: "resourceArn" },
};
