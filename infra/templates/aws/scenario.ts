import type * as aws from "@pulumi/aws";

/** What a scenario is as a FIS template of AWS's own actions; role, stop conditions and logs aside. */
export type AwsScenario = Pick<
  aws.fis.ExperimentTemplateArgs,
  "description" | "actions" | "targets"
>;

/** @returns an ISO 8601 duration. */
export function minutes(count: number): string {
  return `PT${String(count)}M`;
}
