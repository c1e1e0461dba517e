import type { AwsCall } from "../../wire/aws-call.ts";
import {
  type ActionTable,
  anyResource,
  arnIn,
  type CallInput,
  entries,
  pathPart,
  textIn,
} from "./action-reader.ts";

/** Source: Service Authorization Reference, AWS Fault Injection Service. */
export const fisActions: ActionTable = {
  ...entries("fis", ["StartExperiment"], (input, call) => [
    arnIn(call, "fis", `experiment-template/${textIn(input, "experimentTemplateId")}`),
    arnIn(call, "fis", "experiment/*"),
  ]),
  ...entries(
    "fis",
    ["GetExperiment", "StopExperiment", "ListExperimentResolvedTargets"],
    (_input, call) => [arnIn(call, "fis", `experiment/${pathPart(call, "experiments")}`)],
  ),
  ...entries("fis", ["CreateExperimentTemplate"], (_input, call) => [
    arnIn(call, "fis", "experiment-template/*"),
  ]),
  ...entries(
    "fis",
    ["GetExperimentTemplate", "UpdateExperimentTemplate", "DeleteExperimentTemplate"],
    (_input, call) => [
      arnIn(call, "fis", `experiment-template/${pathPart(call, "experimentTemplates")}`),
    ],
  ),
  ...entries("fis", ["GetSafetyLever", "UpdateSafetyLeverState"], safetyLeverOf),
  ...entries("fis", ["TagResource", "UntagResource", "ListTagsForResource"], (_input, call) => [
    pathPart(call, "tags"),
  ]),
  ...entries(
    "fis",
    [
      "ListActions",
      "GetAction",
      "ListTargetResourceTypes",
      "GetTargetResourceType",
      "ListExperiments",
      "ListExperimentTemplates",
    ],
    anyResource,
  ),
};

function safetyLeverOf(_input: CallInput, call: AwsCall): string[] {
  return [arnIn(call, "fis", `safety-lever/${pathPart(call, "safetyLevers")}`)];
}
