import { describeRule } from "./support/describe-rule.ts";

const TABLE_ARN = "arn:aws:dynamodb:us-east-1:123456789012:table/Products";
const SSM = "arn:aws:ssm:us-east-1:123456789012";

function document(...statements: object[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
const allow = (Action: string | string[], Resource: string | string[]) => ({
  Effect: "Allow",
  Action,
  Resource,
});
const ADMINISTRATOR = "arn:aws:iam::aws:policy/AdministratorAccess";
const BASIC_EXECUTION = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole";
const ATTACHMENT = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const ELSEWHERE = "arn:aws:iam::123456789012:policy/elsewhere";
const ON_ANY = { actionsWithoutResource: ["polly:DescribeVoices"] };

describeRule("no-wildcard-permission", {
  "refuses every action and every resource": {
    change: (draft) => draft.set("product-api-add-policy", { policy: document(allow("*", "*")) }),
    messages: [
      "RolePolicy product-api-add-policy allows the action *. Name the actions that are called.",
      "RolePolicy product-api-add-policy allows * on *. Name the ARN of the resource.",
    ],
  },
  "refuses part of an action and of a resource, once they are known": {
    change: (draft) =>
      draft.setLate(
        "product-api-add-policy",
        "policy",
        document(allow(["dynamodb:Put*"], [TABLE_ARN.replace("Products", "*")])),
      ),
    messages: [
      "RolePolicy product-api-add-policy allows the action dynamodb:Put*. Name the actions that are called.",
      "RolePolicy product-api-add-policy allows dynamodb:Put* on arn:aws:dynamodb:us-east-1:123456789012:table/*. Name the ARN of the resource.",
    ],
    inPreview: [],
  },
  "refuses all but some, also in a block of a role": {
    change: (draft) =>
      draft.set("product-api-add-role", {
        inlinePolicies: [
          {
            name: "a",
            policy: document({ Effect: "Allow", NotAction: "iam:*", Resource: TABLE_ARN }),
          },
          {
            name: "b",
            policy: document({
              Effect: "Allow",
              Action: "dynamodb:PutItem",
              NotResource: TABLE_ARN,
            }),
          },
        ],
      }),
    messages: [
      "Role product-api-add-role allows all actions but those in NotAction. Name the actions that are called.",
      "Role product-api-add-role allows dynamodb:PutItem on all resources but those in NotResource. Name the ARN of the resource.",
    ],
  },
  "refuses it also in a document that is given as an object": {
    change: (draft) =>
      draft.set("product-api-add-policy", {
        policy: {
          Version: "2012-10-17",
          Statement: [
            allow("dynamodb:PutItem", ["*"]),
            allow("dynamodb:GetItem", draft.late("*") as string),
          ],
        },
      }),
    messages: [
      "RolePolicy product-api-add-policy allows dynamodb:PutItem on *. Name the ARN of the resource.",
      "RolePolicy product-api-add-policy allows dynamodb:GetItem on *. Name the ARN of the resource.",
    ],
    inPreview: [
      "RolePolicy product-api-add-policy allows dynamodb:PutItem on *. Name the ARN of the resource.",
    ],
  },
  "allows * for actions that know no resource, as the pack's user says": {
    change: (draft) =>
      draft.set("product-api-add-policy", {
        policy: document(allow("polly:DescribeVoices", "*"), allow("xray:PutTraceSegments", "*")),
      }),
    options: { config: { "no-wildcard-permission": ON_ANY } },
    messages: [],
  },
  "refuses * when one of the actions knows a resource": {
    change: (draft) =>
      draft.set("product-api-add-policy", {
        policy: document(allow(["xray:PutTraceSegments", "dynamodb:PutItem"], "*")),
      }),
    messages: [
      "RolePolicy product-api-add-policy allows xray:PutTraceSegments, dynamodb:PutItem on *. Name the ARN of the resource.",
    ],
  },
  "refuses policies of AWS and of other stacks, attached to a role or among its own": {
    change: (draft) =>
      draft
        .set("product-api-add-role", { managedPolicyArns: [ADMINISTRATOR, BASIC_EXECUTION] })
        .add("product-api-get-policy", ATTACHMENT, "attachment", { policyArn: ELSEWHERE })
        .depend("attachment", "role", "product-api-get-role")
        .setLate("attachment", "role", "get-product"),
    messages: [
      `Role product-api-add-role has the policy ${ADMINISTRATOR}, which grants what AWS or another stack decides. Declare the actions that are called.`,
      `Role product-api-get-role has the policy ${ELSEWHERE}, which grants what AWS or another stack decides. Declare the actions that are called.`,
    ],
  },
  "allows policies of this stack, and those of AWS that the pack's user names": {
    change: (draft) =>
      draft
        .add("product-api-add-policy", "aws:iam/policy:Policy", "own", {
          policy: document(allow("dynamodb:Query", TABLE_ARN)),
        })
        .add("product-api-get-policy", ATTACHMENT, "attachment", { role: "get-product" })
        .depend("attachment", "policyArn", "own")
        .setLate("attachment", "policyArn", "arn:aws:iam::123456789012:policy/own-4a5b6c7")
        .set("product-api-add-role", {
          managedPolicyArns: [draft.late("arn:aws:iam::123456789012:policy/own-4a5b6c7")],
        })
        .set("write-buffer-retry-role", { managedPolicyArns: [ELSEWHERE] }),
    options: { config: { "no-wildcard-permission": { managedPolicies: [ELSEWHERE] } } },
    messages: [],
  },
  "refuses every runbook": {
    change: (draft) =>
      draft.set("product-api-add-policy", {
        policy: document(allow("ssm:StartAutomationExecution", `${SSM}:document/*`)),
      }),
    messages: [
      `RolePolicy product-api-add-policy allows ssm:StartAutomationExecution on ${SSM}:document/*. Name the ARN of the resource.`,
    ],
  },
  "allows what lies inside a named resource, denials, and actions that know no resource": {
    change: (draft) =>
      draft.set("product-api-add-policy", {
        policy: document(
          allow("dynamodb:Query", `${TABLE_ARN}/index/*`),
          allow("s3:GetObject", "arn:aws:s3:::configurations/*"),
          allow("logs:CreateLogDelivery", "*"),
          allow(["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*"),
          allow(["ec2:DescribeNetworkInterfaces", "cloudwatch:PutMetricData"], "*"),
          allow("ssm:StopAutomationExecution", `${SSM}:automation-execution/*`),
          { Effect: "Deny", Action: "*", Resource: "*" },
        ),
      }),
    messages: [],
  },
});

describeRule("no-wildcard-call", {
  "refuses in a preview what the policy is to allow": {
    change: (draft) =>
      draft.publish("product-api-add", {
        calls: [{ actions: ["dynamodb:PutItem"], resource: "*" }],
      }),
    messages: [],
    inPreview: [
      "The policy of function product-api-add-function allows dynamodb:PutItem on *. Name the ARN of the resource.",
    ],
  },
  "allows * for actions that know no resource, as the pack's user says": {
    change: (draft) =>
      draft.publish("product-api-add", {
        calls: [
          { actions: ["polly:DescribeVoices"], resource: "*" },
          { actions: ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], resource: "*" },
        ],
      }),
    options: { config: { "no-wildcard-call": ON_ANY } },
    messages: [],
  },
});

describeRule(
  "no-wildcard-permission",
  {
    "refuses in a preview, too, what the component says of its role": {
      change: (draft) => {
        const statement = allow(["ssm:StartAutomationExecution"], ["*"]);
        return draft
          .setLate("aws-experiments-policy", "policy", document(statement))
          .publish("aws-experiments", {
            documents: { "aws-experiments-policy": { policy: { Statement: [statement] } } },
          });
      },
      messages: [
        "RolePolicy aws-experiments-policy allows ssm:StartAutomationExecution on *. Name the ARN of the resource.",
      ],
    },
  },
  { stack: "aws" },
);
