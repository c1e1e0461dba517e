import type { ServiceMembers } from "../member-table.ts";

const tags = "Tags(Key Value)";
const page = "MaxResults NextToken";
const resource = "ResourceType ResourceId";

/** Source: Systems Manager API 2014-11-06. */
export const ssmMembers: ServiceMembers = {
  CreateDocument: {
    honours: `Content Name DocumentType DocumentFormat ${tags}`,
    refuses: "Requires Attachments DisplayName VersionName TargetType",
  },
  UpdateDocument: {
    honours: "Content Name DocumentVersion DocumentFormat",
    refuses: "Attachments DisplayName VersionName TargetType",
  },
  UpdateDocumentDefaultVersion: { honours: "Name DocumentVersion" },
  GetDocument: { honours: "Name DocumentVersion DocumentFormat", refuses: "VersionName" },
  DescribeDocument: { honours: "Name DocumentVersion", refuses: "VersionName" },
  DeleteDocument: {
    honours: "Name",
    refuses: "DocumentVersion VersionName",
    // It is for documents of AWS AppConfig that are in use.
    ignores: { "nothing-is-locked": "Force" },
  },
  ListDocuments: {
    honours: `Filters(Key Values) ${page}`,
    refuses: "DocumentFilterList",
  },
  // No document is shared, so that the list is empty on every page.
  DescribeDocumentPermission: { honours: `Name PermissionType ${page}` },
  StartAutomationExecution: {
    honours: "DocumentName DocumentVersion Parameters ClientToken Mode",
    refuses: `TargetParameterName Targets TargetMaps MaxConcurrency MaxErrors TargetLocations Tags
      AlarmConfiguration TargetLocationsURL`,
  },
  GetAutomationExecution: { honours: "AutomationExecutionId" },
  StopAutomationExecution: { honours: "AutomationExecutionId Type" },
  DescribeAutomationExecutions: { honours: `Filters(Key Values) ${page}` },
  DescribeAutomationStepExecutions: {
    honours: `AutomationExecutionId ${page}`,
    refuses: "Filters ReverseOrder=false",
  },
  AddTagsToResource: { honours: `${resource} ${tags}` },
  RemoveTagsFromResource: { honours: `${resource} TagKeys` },
  ListTagsForResource: { honours: resource },
};
