import * as pulumi from "@pulumi/pulumi";
import type { AllowStatement } from "outage-drill/write-buffer";
import { FIS_READY } from "./fault-target.ts";

export interface ExperimentRoleArgs {
  region: string;
  /** Runbook of the table outage, and the role it assumes. */
  documentArn: pulumi.Input<string>;
  automationRoleArn: pulumi.Input<string>;
  /** Present when functions are targets. */
  functions: { arns: pulumi.Input<string>[]; faultObjectsArn: pulumi.Input<string> } | undefined;
}

const [[TAG_KEY, TAG_VALUE] = ["", ""]] = Object.entries(FIS_READY);
const IS_FIS_READY = { StringEquals: { [`aws:ResourceTag/${TAG_KEY}`]: TAG_VALUE } };

/**
 * What FIS may do in an experiment: run the runbook, and reach the functions, both only as long as
 * they have the tag. Sources: FIS actions reference; Systems Manager User Guide, "Setting up identity
 * based policies examples"; FIS User Guide, "Experiment logging".
 */
export function experimentRoleStatements(args: ExperimentRoleArgs): AllowStatement[] {
  const executions = pulumi
    .output(args.documentArn)
    .apply((arn) => arn.replace(/:document\/.*$/, ":automation-execution/*"));
  const ssmStatements: AllowStatement[] = [
    {
      actions: ["ssm:StartAutomationExecution"],
      resource: args.documentArn,
      condition: IS_FIS_READY,
    },
    {
      // An execution has no tags, and no name before it is there.
      actions: [
        "ssm:StartAutomationExecution",
        "ssm:GetAutomationExecution",
        "ssm:StopAutomationExecution",
      ],
      resource: executions,
    },
    {
      actions: ["iam:PassRole"],
      resource: args.automationRoleArn,
      condition: { StringEquals: { "iam:PassedToService": "ssm.amazonaws.com" } },
    },
  ];
  const functionStatements: AllowStatement[] = args.functions
    ? [
        {
          actions: ["lambda:GetFunction"],
          resource: args.functions.arns,
          condition: IS_FIS_READY,
        },
        {
          actions: ["s3:PutObject", "s3:DeleteObject"],
          resource: args.functions.faultObjectsArn,
        },
      ]
    : [];
  const logStatement: AllowStatement = {
    // These know no resource: IAM takes them with * only.
    actions: [
      "logs:CreateLogDelivery",
      "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies",
      "logs:PutResourcePolicy",
    ],
    resource: "*",
    condition: { StringEquals: { "aws:RequestedRegion": args.region } },
  };
  return [...ssmStatements, ...functionStatements, logStatement];
}
