import type { RegisteredResource } from "../infra/support/run-program.ts";

/** Pulumi type → Terraform type, for what the experiments of the stack `aws` consist of. */
const types: Readonly<Record<string, string>> = {
  "aws:cloudwatch/logGroup:LogGroup": "aws_cloudwatch_log_group",
  "aws:cloudwatch/metricAlarm:MetricAlarm": "aws_cloudwatch_metric_alarm",
  "aws:dynamodb/resourcePolicy:ResourcePolicy": "aws_dynamodb_resource_policy",
  "aws:fis/experimentTemplate:ExperimentTemplate": "aws_fis_experiment_template",
  "aws:iam/role:Role": "aws_iam_role",
  "aws:iam/rolePolicy:RolePolicy": "aws_iam_role_policy",
  "aws:s3/bucket:Bucket": "aws_s3_bucket",
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": "aws_s3_bucket_public_access_block",
  "aws:ssm/document:Document": "aws_ssm_document",
};

/** Inputs whose Terraform name is not the same in snake case: Pulumi's plurals of blocks. */
const names: Readonly<Record<string, string>> = {
  actions: "action",
  targets: "target",
  parameters: "parameter",
  stopConditions: "stop_condition",
  resourceTags: "resource_tag",
};

/** Maps, whose keys are the user's own. */
const maps = new Set(["tags", "dimensions"]);

/** The resources whose types are above, as the Terraform configuration that bridges to them. */
export function toTerraform(resources: readonly RegisteredResource[]): object {
  const resource: Record<string, Record<string, unknown>> = {};
  for (const { type, name, inputs } of resources) {
    const terraformType = types[type];
    if (terraformType === undefined) continue;
    const ofType = (resource[terraformType] ??= {});
    const named = terraformType.endsWith("_alarm")
      ? { ...inputs, name: undefined, alarmName: inputs["name"] }
      : inputs;
    // An ARN of Pulumi's mocks has a region where IAM's have none, which the provider checks.
    ofType[name] = JSON.parse(
      JSON.stringify(toSnakeCase(named)).replaceAll("arn:aws:iam:us-east-1:", "arn:aws:iam::"),
    ) as unknown;
  }
  const source = { source: "hashicorp/aws" };
  return { terraform: { required_providers: { aws: source } }, resource };
}

function toSnakeCase(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toSnakeCase);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      names[key] ?? key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      maps.has(key) ? each : toSnakeCase(each),
    ]),
  );
}
