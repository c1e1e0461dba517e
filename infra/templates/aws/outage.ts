import type * as pulumi from "@pulumi/pulumi";
import { type AwsScenario, minutes } from "./scenario.ts";

/** For the runbook to begin, and to put the table's policy back. */
const MARGIN_MINUTES = 5;

/** Every call of the functions to the table fails with AccessDeniedException. */
export function outageOnAws(args: {
  documentArn: pulumi.Input<string>;
  durationMinutes: number;
}): AwsScenario {
  return {
    description: "DynamoDB denies the functions the table",
    actions: [
      {
        name: "deny-table",
        actionId: "aws:ssm:start-automation-execution",
        description: "Puts a Deny into the table's policy, and takes it out on every way out.",
        parameters: [
          { key: "documentArn", value: args.documentArn },
          {
            key: "documentParameters",
            value: JSON.stringify({ Duration: minutes(args.durationMinutes) }),
          },
          { key: "maxDuration", value: minutes(args.durationMinutes + MARGIN_MINUTES) },
        ],
      },
    ],
  };
}
