import type { PolicyConfigSchema, StackValidationArgs } from "@pulumi/policy";
import { ofClass } from "../graph/find.ts";
import { allowing, parseStatements, type Statement } from "../graph/documents.ts";
import { publishedCalls } from "../graph/calls.ts";
import { hiddenDocumentOf } from "../graph/published.ts";
import { foreignPolicies, policiesOfFunction } from "../graph/role-policies.ts";
import { ifKnown, UNKNOWN } from "../graph/unknown.ts";
import * as aws from "@pulumi/aws";
import { type WithoutResource, withoutResource, wildcards } from "../graph/wildcards.ts";
import { chosen, type ResourceRule, type StackRule } from "./rule.ts";

const EXPLANATION = {
  severity: "critical",
  remediationSteps:
    "Name the actions that are called, and the ARN of the resource they are called on.",
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
} as const;

const configSchema: PolicyConfigSchema = {
  properties: {
    actionsWithoutResource: {
      type: "array",
      items: { type: "string" },
      default: [],
      description:
        "More actions for which AWS has no resource to name, such as polly:DescribeVoices.",
    },
  },
};

function isWithoutResource(args: Pick<StackValidationArgs, "getConfig">): WithoutResource {
  return withoutResource(chosen(args, { actionsWithoutResource: [] }).actionsWithoutResource);
}

/** It writes to the log groups of its account, and to nothing else. */
const BASIC_EXECUTION = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";

export const noWildcardPermission: ResourceRule & StackRule = {
  name: "no-wildcard-permission",
  description:
    "Checks that no policy allows * as an action or a resource, or leaves that to AWS or another stack.",
  ...EXPLANATION,
  configSchema: {
    properties: {
      ...configSchema.properties,
      managedPolicies: {
        type: "array",
        items: { type: "string" },
        default: [BASIC_EXECUTION],
        description: "ARNs of policies of AWS or another stack that a role may have.",
      },
    },
  },
  validateResource: (args, reportViolation) => {
    const { type, name, props } = args;
    const statements = documentsIn(props).flatMap(allowing);
    for (const problem of wildcards(statements, isWithoutResource(args)))
      reportViolation(`${shortType(type)} ${name} ${problem}`);
  },
  validateStack: (args, reportViolation) => {
    for (const resource of args.resources) {
      const statements = allowing(parseStatements(hiddenDocumentOf(resource, "policy")) ?? []);
      for (const problem of wildcards(statements, isWithoutResource(args)))
        reportViolation(`${shortType(resource.type)} ${resource.name} ${problem}`, resource.urn);
    }
    const { managedPolicies } = chosen(args, { managedPolicies: [BASIC_EXECUTION] });
    for (const { holder, arn } of foreignPolicies(args.resources))
      if (!managedPolicies.includes(arn))
        reportViolation(
          `${shortType(holder.type)} ${holder.name} has the policy ${arn}, which grants what AWS or another stack decides. Declare the actions that are called.`,
          holder.urn,
        );
  },
};

export const noWildcardCall: StackRule = {
  name: "no-wildcard-call",
  description:
    "Checks, where a preview cannot know a function's policy, that none of the calls it is to allow is *.",
  ...EXPLANATION,
  configSchema,
  validateStack: (args, reportViolation) => {
    const { resources } = args;
    for (const fn of ofClass(resources, aws.lambda.Function)) {
      const isHidden = policiesOfFunction(resources, fn).some(
        ({ statements }) => statements === undefined,
      );
      if (!isHidden) continue;
      for (const { actions, resource } of publishedCalls(fn) ?? []) {
        const statement = { Effect: "Allow", Action: [...actions], Resource: resource };
        for (const problem of wildcards([statement], isWithoutResource(args)))
          reportViolation(`The policy of function ${fn.resource.name} ${problem}`, fn.resource.urn);
      }
    }
  },
};

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
