import type { AutomationExecution, StepExecution } from "./automation-execution.ts";
import { type DocumentVersion, sha256Of, type SsmDocument } from "./document-store.ts";
import { toText } from "./interpolate.ts";

/** The shapes of the Systems Manager API, version 2014-11-06. */

function toEpochSeconds(date: Date | undefined): number | undefined {
  return date && date.getTime() / 1000;
}

export function viewTags(tags: ReadonlyMap<string, string>) {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

export function describeDocument(
  found: SsmDocument,
  { version, content, format, document, createdAt }: DocumentVersion,
  accountId: string,
) {
  return {
    ...documentIdentifier(found, accountId),
    Hash: sha256Of(content),
    HashType: "Sha256",
    CreatedDate: toEpochSeconds(createdAt),
    Status: "Active",
    DocumentVersion: version,
    Description: document.description,
    Parameters: viewParameters(document.parameters),
    SchemaVersion: document.schemaVersion,
    LatestVersion: found.versions.at(-1)?.version,
    DefaultVersion: found.defaultVersion,
    DocumentFormat: format,
  };
}

function viewParameters(
  parameters: DocumentVersion["document"]["parameters"],
): Readonly<Record<string, unknown>>[] {
  return Object.entries(parameters).map(([Name, parameter]) => ({
    Name,
    // DescribeDocument knows these two types alone.
    Type: parameter.type === "StringList" ? "StringList" : "String",
    Description: parameter.description,
    DefaultValue: parameter.default === undefined ? undefined : toText(parameter.default),
  }));
}

export function documentIdentifier(found: SsmDocument, accountId: string) {
  const latest = found.versions.find(({ version }) => version === found.defaultVersion);
  return {
    Name: found.name,
    Owner: accountId,
    PlatformTypes: ["Windows", "Linux", "MacOS"],
    DocumentVersion: found.defaultVersion,
    DocumentType: "Automation",
    SchemaVersion: latest?.document.schemaVersion,
    DocumentFormat: latest?.format,
    Tags: viewTags(found.tags),
  };
}

/** What GetAutomationExecution answers. */
export function viewExecution(execution: AutomationExecution, outputs: readonly string[]) {
  return {
    ...viewSummary(execution),
    StepExecutions: execution.steps.map(viewStep),
    StepExecutionsTruncated: false,
    Parameters: toLists(execution.parameters),
    Outputs: Object.fromEntries(
      outputs.flatMap((name) => {
        const [step, output = ""] = name.split(".");
        const value = execution.steps.findLast((each) => each.name === step)?.outputs[output];
        return value === undefined ? [] : [[name, [toText(value)]]];
      }),
    ),
  };
}

/** An entry of DescribeAutomationExecutions. */
export function viewSummary(execution: AutomationExecution) {
  return {
    AutomationExecutionId: execution.id,
    DocumentName: execution.documentName,
    DocumentVersion: execution.documentVersion,
    AutomationExecutionStatus: execution.status,
    ExecutionStartTime: toEpochSeconds(execution.startTime),
    ExecutionEndTime: toEpochSeconds(execution.endTime),
    ExecutedBy: execution.executedBy,
    Mode: "Auto",
    FailureMessage: execution.failureMessage,
    Targets: [],
  };
}

export function viewStep(step: StepExecution) {
  return {
    StepExecutionId: step.id,
    StepName: step.name,
    Action: step.action,
    StepStatus: step.status,
    ExecutionStartTime: toEpochSeconds(step.startTime),
    ExecutionEndTime: toEpochSeconds(step.endTime),
    Inputs: step.inputs,
    Outputs: toLists(step.outputs),
    FailureMessage: step.failureMessage,
  };
}

function toLists(values: Readonly<Record<string, unknown>>): Record<string, string[]> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(toText) : [toText(value)],
    ]),
  );
}
