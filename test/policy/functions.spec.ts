import { describeRule } from "./support/describe-rule.ts";

describeRule("log-group-has-retention", {
  "refuses a log group that keeps its logs for ever": {
    change: (draft) => draft.unset("product-api-get-logs", "retentionInDays"),
    messages: ["Log group product-api-get-logs keeps its logs for ever. Set retentionInDays."],
  },
  "refuses a retention above the one that the pack's user chose": {
    change: (draft) => draft.set("product-api-get-logs", { retentionInDays: 90 }),
    options: { config: { "log-group-has-retention": { mostDays: 30 } } },
    messages: [
      "Log group product-api-get-logs keeps its logs 90 days. Set retentionInDays to at most 30.",
    ],
  },
});

describeRule("function-has-log-group", {
  "refuses a function whose log group Lambda would make": {
    change: (draft) => draft.remove("product-api-get-logs"),
    messages: [
      "Function product-api-get-function writes to a log group that is not in the stack, so its logs are kept for ever. Declare an aws.cloudwatch.LogGroup named /aws/lambda/get-product.",
    ],
  },
  "refuses a log group of its own that is not there": {
    change: (draft) =>
      draft.set("product-api-get-function", {
        loggingConfig: { logFormat: "JSON", logGroup: "/elsewhere" },
      }),
    messages: [
      "Function product-api-get-function writes to a log group that is not in the stack, so its logs are kept for ever. Declare an aws.cloudwatch.LogGroup named /elsewhere.",
    ],
  },
});

const UNTRACED =
  'Function product-api-get-function is not traced and does not say why. Set tracingConfig: { mode: "Active" }, or a tag tracing that starts with "Off:" and says why.';

describeRule("function-is-traced", {
  "refuses a function that says nothing": {
    change: (draft) => draft.unset("product-api-get-function", "tags"),
    messages: [UNTRACED],
  },
  "refuses a reason that is none": {
    change: (draft) => draft.set("product-api-get-function", { tags: { tracing: "Off: no" } }),
    messages: [UNTRACED],
  },
  "allows a function that is traced": {
    change: (draft) =>
      draft
        .unset("product-api-get-function", "tags")
        .set("product-api-get-function", { tracingConfig: { mode: "Active" } }),
    messages: [],
  },
});
