import type { AwsCall } from "../../wire/aws-call.ts";
import { type ActionTable, anyResource, arnIn, entries, textIn } from "./action-reader.ts";

/** Source: Service Authorization Reference, AWS Systems Manager. */
export const ssmActions: ActionTable = {
  ...entries(
    "ssm",
    [
      "CreateDocument",
      "GetDocument",
      "DescribeDocument",
      "UpdateDocument",
      "UpdateDocumentDefaultVersion",
      "DeleteDocument",
      "DescribeDocumentPermission",
    ],
    (input, call) => [documentArn(textIn(input, "Name"), call)],
  ),
  // Both the runbook and the execution to be. Source: Systems Manager User Guide, "Setting up
  // identity based policies examples".
  ...entries("ssm", ["StartAutomationExecution"], (input, call) => [
    documentArn(textIn(input, "DocumentName"), call),
    arnIn(call, "ssm", "automation-execution/*"),
  ]),
  ...entries(
    "ssm",
    ["GetAutomationExecution", "StopAutomationExecution", "DescribeAutomationStepExecutions"],
    (input, call) => [
      arnIn(call, "ssm", `automation-execution/${textIn(input, "AutomationExecutionId")}`),
    ],
  ),
  ...entries(
    "ssm",
    ["AddTagsToResource", "RemoveTagsFromResource", "ListTagsForResource"],
    (input, call) => [documentArn(textIn(input, "ResourceId"), call)],
  ),
  ...entries("ssm", ["ListDocuments", "DescribeAutomationExecutions"], anyResource),
};

/** A document's `Name` may be a name or an ARN. */
function documentArn(name: string, call: AwsCall): string {
  return name.startsWith("arn:") ? name : arnIn(call, "ssm", `document/${name}`);
}
