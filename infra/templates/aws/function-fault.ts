import type * as pulumi from "@pulumi/pulumi";
import { type AwsScenario, minutes } from "./scenario.ts";

export interface FunctionFaultArgs {
  functionArns: pulumi.Input<string>[];
  durationMinutes: number;
}

/** One `aws:lambda:` action on all the functions. Source: FIS actions reference. */
export function functionFault(
  { functionArns, durationMinutes }: FunctionFaultArgs,
  fault: { actionId: string; description: string; parameters: Record<string, string> },
): AwsScenario {
  return {
    description: fault.description,
    targets: [
      {
        name: "functions",
        resourceType: "aws:lambda:function",
        resourceArns: functionArns,
        selectionMode: "ALL",
      },
    ],
    actions: [
      {
        name: "functions",
        actionId: fault.actionId,
        target: { key: "Functions", value: "functions" },
        parameters: Object.entries({
          duration: minutes(durationMinutes),
          invocationPercentage: "100",
          ...fault.parameters,
        }).map(([key, value]) => ({ key, value })),
      },
    ],
  };
}
