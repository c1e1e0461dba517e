import { ofClass } from "../graph/find.ts";
import { allowing, listOf, parseStatements, type Statement } from "../graph/documents.ts";
import { policiesOfFunction, publishedCalls } from "../graph/calls.ts";
import { ifKnown, UNKNOWN } from "../graph/unknown.ts";
import * as aws from "@pulumi/aws";
import type { ResourceRule, StackRule } from "./rule.ts";

const EXPLANATION = {
  severity: "critical",
  remediationSteps:
    "Name the actions that are called, and the ARN of the resource they are called on.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
} as const;

/**
 * Actions for which AWS has no resource to name, so that `*` widens nothing. Source: Service
 * Authorization Reference, "CloudWatch Logs" and "Resource Group Tagging", without resource types.
 */
const WITHOUT_RESOURCE = [
  "logs:CreateLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:PutResourcePolicy",
  "tag:GetResources",
];

export const noWildcardPermission: ResourceRule = {
  name: "no-wildcard-permission",
  description: "Checks that no policy allows * as an action or a resource.",
  ...EXPLANATION,
  validateResource: ({ type, name, props }, reportViolation) => {
    for (const document of documentsIn(props))
      for (const problem of allowing(document).flatMap(wildcards))
        reportViolation(`${shortType(type)} ${name} ${problem}`);
  },
};

export const noWildcardCall: StackRule = {
  name: "no-wildcard-call",
  description:
    "Checks, where a preview cannot know a function's policy, that none of the calls it is to allow is *.",
  ...EXPLANATION,
  validateStack: ({ resources }, reportViolation) => {
    for (const fn of ofClass(resources, aws.lambda.Function)) {
      const isHidden = policiesOfFunction(resources, fn).some(
        ({ props }) => ifKnown(() => props.policy as unknown) === UNKNOWN,
      );
      if (!isHidden) continue;
      for (const { actions, resource } of publishedCalls(fn) ?? []) {
        const statement = { Effect: "Allow", Action: [...actions], Resource: resource };
        for (const problem of wildcards(statement))
          reportViolation(`The policy of function ${fn.resource.name} ${problem}`, fn.resource.urn);
      }
    }
  },
};

function wildcards(statement: Statement): string[] {
  const actions = listOf(statement.Action);
  const problems = actions
    .filter((action) => action.includes("*"))
    .map((action) => `allows the action ${action}. Name the actions that are called.`);
  if (statement.NotAction !== undefined)
    problems.push("allows all actions but those in NotAction. Name the actions that are called.");
  const hasNoResource =
    actions.length > 0 && actions.every((action) => WITHOUT_RESOURCE.includes(action));
  if (hasNoResource) return problems;
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

/** Every policy document among a resource's inputs, also those inside blocks. */
function documentsIn(value: unknown): Statement[][] {
  const statements = parseStatements(value);
  if (statements !== undefined) return [statements];
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) => {
    const member = ifKnown(() => (value as Record<string, unknown>)[key]);
    return member === UNKNOWN ? [] : documentsIn(member);
  });
}

/** `aws:iam/rolePolicy:RolePolicy` → `RolePolicy`. */
function shortType(type: string): string {
  return type.split(":").at(-1) ?? type;
}
