import { describeRule } from "./support/describe-rule.ts";

const TEMPLATE = "aws-experiments-outage";
const ON_AWS = { stack: "aws" };
const delay = (...parameters: { key: string; value: string }[]) => ({
  actions: [{ name: "delay", actionId: "aws:lambda:invocation-add-delay", parameters }],
});
const actions = (...actionIds: string[]) => ({
  actions: actionIds.map((actionId) => ({ name: actionId, actionId, parameters: [] })),
});
const allow = (Action: string) => ({ Effect: "Allow", Action, Resource: "*" });
const mayCall = (action: string) =>
  `Role aws-experiments-role of experiment aws-experiments-outage may call ${action} on resources without a tag. Add a condition on aws:ResourceTag to that statement.`;
const TAGGED = { StringEquals: { "aws:ResourceTag/FIS-Ready": "true" } };
const MANAGED =
  "Role aws-experiments-role of experiment aws-experiments-outage has the policy arn:aws:iam::aws:policy/AdministratorAccess, which is not in the stack, so nobody sees here what it may do. Declare its statements in the stack.";
const duration = (value: string) => ({ key: "duration", value });

describeRule(
  "experiment-has-duration",
  {
    "refuses an action without one": {
      change: (draft) => draft.set(TEMPLATE, delay()),
      messages: [
        "Experiment aws-experiments-outage has an action delay (aws:lambda:invocation-add-delay) without a duration, so it goes on until somebody stops it. Set its parameter duration, such as PT5M.",
      ],
    },
    "asks for none where an action takes none": {
      change: (draft) =>
        draft.set(TEMPLATE, actions("aws:cloudwatch:assert-alarm-state", "aws:eks:pod-delete")),
      messages: [],
    },
    "asks for one where an action takes one": {
      change: (draft) =>
        draft.set(
          TEMPLATE,
          actions("aws:ebs:pause-volume-io", "aws:ecs:drain-container-instances"),
        ),
      messages: ["aws:ebs:pause-volume-io", "aws:ecs:drain-container-instances"].map(
        (actionId) =>
          `Experiment aws-experiments-outage has an action ${actionId} (${actionId}) without a duration, so it goes on until somebody stops it. Set its parameter duration, such as PT5M.`,
      ),
    },
    "refuses a duration below the one that AWS takes": {
      change: (draft) => draft.set(TEMPLATE, delay(duration("PT30S"))),
      messages: [
        "Experiment aws-experiments-outage has an action delay (aws:lambda:invocation-add-delay) of 30 s, which AWS refuses. Set its duration to PT1M or more.",
      ],
    },
    "refuses a duration above the one that the pack's user chose": {
      change: (draft) => draft.set(TEMPLATE, delay(duration("PT1H30M"))),
      options: { config: { "experiment-has-duration": { mostMinutes: 60 } } },
      messages: [
        "Experiment aws-experiments-outage has an action delay (aws:lambda:invocation-add-delay) of 90 minutes. Set its duration to at most 60 minutes.",
      ],
    },
  },
  ON_AWS,
);

describeRule(
  "experiment-is-logged",
  {
    "refuses an experiment without a log": {
      change: (draft) => draft.unset(TEMPLATE, "logConfiguration"),
      messages: [
        "Experiment aws-experiments-outage logs nothing, so nobody can tell afterwards what it hit. Set logConfiguration.",
      ],
    },
  },
  ON_AWS,
);

describeRule(
  "experiment-has-targets",
  {
    "refuses an experiment that may find nothing to hit": {
      change: (draft) =>
        draft.set(TEMPLATE, {
          experimentOptions: { emptyTargetResolutionMode: "skip" },
          targets: [
            { name: "functions", resourceType: "aws:lambda:function", selectionMode: "ALL" },
          ],
        }),
      messages: [
        'Experiment aws-experiments-outage skips actions that find no target, so it can pass without a fault. Set experimentOptions.emptyTargetResolutionMode to "fail".',
        "Experiment aws-experiments-outage has a target functions that names no resource and no tag. Set resourceArns or resourceTags.",
      ],
    },
  },
  ON_AWS,
);

describeRule(
  "no-faults-in-production",
  {
    "refuses an experiment in a stack tagged as production": {
      change: () => undefined,
      options: { stackTags: { environment: "production" } },
      messages: [
        "Experiment aws-experiments-outage injects faults in a stack tagged environment: production. Declare it in a stack of its own.",
      ],
    },
    "refuses an experiment whose provider tags everything as production": {
      change: (draft) => draft.set("aws", { defaultTags: '{"tags":{"environment":"production"}}' }),
      messages: [
        "Experiment aws-experiments-outage injects faults in a stack tagged environment: production. Declare it in a stack of its own.",
      ],
    },
    "refuses a function with FIS's extension that is tagged so itself": {
      change: (draft) =>
        draft.set("product-api-get-function", {
          tags: { Environment: "prod", tracing: "Off: for the sake of this test" },
          environment: { variables: { AWS_LAMBDA_EXEC_WRAPPER: "/opt/aws-fis/bootstrap" } },
        }),
      messages: [
        "Function product-api-get-function injects faults in a stack tagged Environment: prod. Declare it in a stack of its own.",
      ],
    },
    "allows them in a stack that is tagged otherwise": {
      change: () => undefined,
      options: { stackTags: { environment: "staging" } },
      messages: [],
    },
  },
  ON_AWS,
);

describeRule(
  "experiment-role-is-limited",
  {
    "refuses a role that may hit what has no tag": {
      change: (draft) =>
        draft.setLate(
          "aws-experiments-policy",
          "policy",
          JSON.stringify({
            Statement: {
              Effect: "Allow",
              Action: ["lambda:InvokeFunction", "lambda:GetFunction"],
              Resource: "arn:aws:lambda:us-east-1:123456789012:function:add-product",
            },
          }),
        ),
      messages: [
        "Role aws-experiments-role of experiment aws-experiments-outage may call lambda:InvokeFunction on resources without a tag. Add a condition on aws:ResourceTag to that statement.",
      ],
      inPreview: [],
    },
    "refuses a condition that holds for what has no tag": {
      change: (draft) =>
        draft.setLate(
          "aws-experiments-policy",
          "policy",
          JSON.stringify({
            Statement: {
              Effect: "Allow",
              Action: "lambda:InvokeFunction",
              Resource: "arn:aws:lambda:us-east-1:123456789012:function:add-product",
              Condition: { StringEqualsIfExists: { "aws:ResourceTag/FIS-Ready": "true" } },
            },
          }),
        ),
      messages: [
        "Role aws-experiments-role of experiment aws-experiments-outage may call lambda:InvokeFunction on resources without a tag. Add a condition on aws:ResourceTag to that statement.",
      ],
      inPreview: [],
    },
    "refuses it in a preview, too, as the component says": {
      change: (draft) => {
        const statement = { ...allow("lambda:InvokeFunction"), Condition: {} };
        const late = { ...allow("lambda:DeleteFunction"), Condition: draft.late(TAGGED) };
        return draft
          .setLate("aws-experiments-policy", "policy", JSON.stringify({ Statement: [statement] }))
          .publish("aws-experiments", {
            documents: { "aws-experiments-policy": { policy: { Statement: [statement, late] } } },
          });
      },
      messages: [mayCall("lambda:InvokeFunction")],
    },
    "refuses it also in the role's own inputs, and policies that nobody sees": {
      change: (draft) =>
        draft.set("aws-experiments-role", {
          inlinePolicies: [
            {
              name: "late",
              policy: draft.late(JSON.stringify({ Statement: [allow("sqs:PurgeQueue")] })),
            },
            { name: "early", policy: JSON.stringify({ Statement: allow("ec2:StopInstances") }) },
          ],
          managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"],
        }),
      messages: [MANAGED, mayCall("sqs:PurgeQueue"), mayCall("ec2:StopInstances")],
      inPreview: [MANAGED, mayCall("ec2:StopInstances")],
    },
    "refuses a role that nobody sees": {
      change: (draft) =>
        draft.set(TEMPLATE, { roleArn: "arn:aws:iam::123456789012:role/Administrator" }),
      messages: [
        "Experiment aws-experiments-outage runs with the role arn:aws:iam::123456789012:role/Administrator, which is not in the stack, so nobody sees here what it may do. Declare its role in the stack.",
      ],
    },
  },
  ON_AWS,
);
