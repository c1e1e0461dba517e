import { listOf, type Statement } from "./documents.ts";

/**
 * Actions for which AWS has no resource to name, so that `*` widens nothing. Source: Service
 * Authorization Reference, those without resource types that functions and experiments use.
 */
const WITHOUT_RESOURCE = [
  "cloudwatch:GetMetricData",
  "cloudwatch:GetMetricStatistics",
  "cloudwatch:ListMetrics",
  "cloudwatch:PutMetricData",
  "dynamodb:ListTables",
  "ec2:DescribeNetworkInterfaces",
  "ec2:DescribeSecurityGroups",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcs",
  "logs:CreateLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:PutResourcePolicy",
  "ssm:DescribeParameters",
  "sts:GetCallerIdentity",
  "tag:GetResources",
  "xray:GetSamplingRules",
  "xray:GetSamplingStatisticSummaries",
  "xray:GetSamplingTargets",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

/** Says whether AWS has no resource to name for an action. */
export type WithoutResource = (action: string) => boolean;

/** @param more actions that the pack's user adds. */
export function withoutResource(more: readonly string[]): WithoutResource {
  const known = new Set([...WITHOUT_RESOURCE, ...more].map((action) => action.toLowerCase()));
  return (action) => known.has(action.toLowerCase());
}

/** @returns what is too wide in statements that allow something, a clause each. */
export function wildcards(
  statements: readonly Statement[],
  isWithoutResource: WithoutResource,
): string[] {
  return statements.flatMap((statement) => problemsOf(statement, isWithoutResource));
}

function problemsOf(statement: Statement, isWithoutResource: WithoutResource): string[] {
  const actions = listOf(statement.Action);
  const problems = actions
    .filter((action) => action.includes("*"))
    .map((action) => `allows the action ${action}. Name the actions that are called.`);
  if (statement.NotAction !== undefined)
    problems.push("allows all actions but those in NotAction. Name the actions that are called.");
  if (actions.length > 0 && actions.every(isWithoutResource)) return problems;
  if (statement.NotResource !== undefined)
    problems.push(
      `allows ${actions.join(", ")} on all resources but those in NotResource. Name the ARN of the resource.`,
    );
  return problems.concat(
    listOf(statement.Resource)
      .filter(isWide)
      .map(
        (resource) => `allows ${actions.join(", ")} on ${resource}. Name the ARN of the resource.`,
      ),
  );
}

/**
 * `*` may stand only for what lies inside a resource that is named in full, at the end of its ARN:
 * the streams of a log group, the indexes of a table, the objects of a bucket; and for executions of
 * runbooks, which have no name before they are there.
 */
function isWide(resource: string): boolean {
  if (!/[*?]/.test(resource)) return false;
  const [, service, named] =
    /^arn:[^:*?]+:([^:*?]+):[^:*?]*:[^:*?]*:([^*?]+?)[:/]\*$/.exec(resource) ?? [];
  if (named === undefined) return true;
  // Elsewhere than in S3 the first part of a name is only the kind of the resource.
  return service !== "s3" && named !== "automation-execution" && !/[:/]/.test(named);
}
