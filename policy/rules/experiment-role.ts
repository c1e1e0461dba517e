import * as aws from "@pulumi/aws";
import { allowing, hasHiddenCondition, listOf, type Statement } from "../graph/documents.ts";
import { experimentTemplatesOf } from "../graph/experiment-templates.ts";
import { follow } from "../graph/find.ts";
import { foreignPolicies, policiesOfRole } from "../graph/role-policies.ts";
import { ifKnown, UNKNOWN } from "../graph/unknown.ts";
import type { StackRule } from "./rule.ts";

/** Reading, finding and logging, and objects of S3, which IAM does not know by the bucket's tags. */
const HARMLESS_ACTION =
  /^(logs:|s3:(Put|Delete)Object$|tag:|[\w-]+:(Describe|List|Get)[A-Z]|iam:PassRole$)/;
/** An execution of a runbook cannot have tags; what it may do is up to the role it assumes. */
const EXECUTION = /:automation-execution\//;

export const experimentRoleIsLimited: StackRule = {
  name: "experiment-role-is-limited",
  description: "Checks that an experiment's role can change only resources tagged for experiments.",
  severity: "critical",
  remediationSteps:
    'Add the condition {"StringEquals": {"aws:ResourceTag/FIS-Ready": "true"}} to each statement that allows a change.',
  url: "https://docs.aws.amazon.com/fis/latest/userguide/getting-started-iam-service-role.html",
  validateStack: (args, report) => {
    const { resources } = args;
    for (const { resource: from, props } of experimentTemplatesOf(args)) {
      const value = ifKnown(() => props.roleArn);
      const role = follow(resources, { from, property: "roleArn", value, to: aws.iam.Role });
      if (role === undefined) {
        if (value !== UNKNOWN)
          report(
            `Experiment ${from.name} runs with the role ${value}, which is not in the stack, so nobody sees here what it may do. Declare its role in the stack.`,
            from.urn,
          );
        continue;
      }
      for (const { holder, arn } of foreignPolicies(resources))
        if (holder === role.resource)
          report(
            `Role ${role.resource.name} of experiment ${from.name} has the policy ${arn}, which is not in the stack, so nobody sees here what it may do. Declare its statements in the stack.`,
            role.resource.urn,
          );
      const policies = policiesOfRole(resources, role.resource);
      const allowed = policies.flatMap(({ statements }) => allowing(statements ?? []));
      // A provider that refreshes a role lists its policies in the role, too.
      for (const action of new Set(allowed.flatMap(unlimitedActions)))
        report(
          `Role ${role.resource.name} of experiment ${from.name} may call ${action} on resources without a tag. Add a condition on aws:ResourceTag to that statement.`,
          role.resource.urn,
        );
    }
  },
};

function unlimitedActions(statement: Statement): string[] {
  if (hasHiddenCondition(statement)) return [];
  const { Action, Resource, Condition = {} } = statement;
  const targets = listOf(Resource);
  // A preview may know the statement and not the ARN; both are known in the update.
  if (targets.every((target) => EXECUTION.test(target))) return [];
  const keys = Object.entries(Condition).flatMap(([operator, values]) =>
    /^(StringEquals|StringLike)/.test(operator) && !operator.endsWith("IfExists")
      ? Object.keys(values)
      : [],
  );
  if (keys.some((key) => /^(aws|\w+):resourcetag\//i.test(key))) return [];
  return listOf(Action).filter((action) => !HARMLESS_ACTION.test(action));
}
