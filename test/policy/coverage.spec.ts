import type { Form } from "../../policy/evaluate/evaluate-program.ts";
import { UNKNOWN_VALUE } from "../../policy/evaluate/provider-state.ts";
import { describeRule } from "./support/describe-rule.ts";

const template = (actionId: string, parameters: Record<string, string>) => ({
  actions: { action: { actionId, parameters } },
});
const ALL_EDGES = [
  "product-api-add-function → dynamodb",
  "product-api-add-function → sns",
  "product-api-get-function → dynamodb",
  "write-buffer-retry-function → dynamodb",
  "write-buffer-retry-function → sqs",
];
const sentence = (edges: string[]) =>
  `No experiment faults these calls: ${edges.join(", ")}. Add an experiment template for each service.`;
const everything = template("localstack:generic:api-error", { latency: "4" });
const location = (form: Form) =>
  form === "preview" ? UNKNOWN_VALUE : "arn:aws:s3:::faults/FisConfigs/";
const s3Call = { actions: ["s3:GetObject"], resource: "arn:aws:s3:::faults/*" };
const s3Policy = JSON.stringify({
  Statement: { Effect: "Allow", Action: s3Call.actions, Resource: s3Call.resource },
});

describeRule("every-dependency-is-drilled", {
  "lists every call when there is no experiment": {
    change: (draft) => draft.publish("experiment-templates", { templates: {} }),
    messages: [sentence(ALL_EDGES)],
  },
  "counts an experiment for the service that it names": {
    change: (draft) =>
      draft.publish("experiment-templates", {
        templates: {
          a: template("aws:fis:inject-api-unavailable-error", { service: "dynamodb" }),
          b: template("localstack:sns:inject-api-internal-error", { percentage: "100" }),
          c: template("aws:fis:wait", { duration: "PT1M" }),
        },
      }),
    messages: [sentence(ALL_EDGES.filter((edge) => edge.endsWith("sqs")))],
  },
  "counts the templates of any component, and nothing else of that name": {
    change: (draft) =>
      draft.publish("experiment-templates", { templates: {} }).publish("product-table", {
        templates: {
          a: template("aws:fis:inject-api-unavailable-error", { service: "dynamodb" }),
          page: "index.html",
          mail: { actions: "none" },
        },
      }),
    messages: [sentence(ALL_EDGES.filter((edge) => !edge.endsWith("dynamodb")))],
  },
  "counts a fault of all services for none": {
    change: (draft) => draft.publish("experiment-templates", { templates: { everything } }),
    messages: [sentence(ALL_EDGES)],
  },
  "counts a fault of all services for each, if the pack's user says so": {
    change: (draft) => draft.publish("experiment-templates", { templates: { everything } }),
    options: { config: { "every-dependency-is-drilled": { allServices: true } } },
    messages: [],
  },
  "sees a service that only a fault of all services covers": {
    change: (draft) =>
      draft
        .publish("product-api-get", { calls: [s3Call] })
        .setLate("product-api-get-policy", "policy", s3Policy),
    messages: [sentence(["product-api-get-function → s3"])],
  },
  "asks for no fault of S3, where FIS's extension alone reads": {
    change: (draft) =>
      draft
        .set("product-api-get-function", {
          environment: {
            variables: { AWS_FIS_CONFIGURATION_LOCATION: location(draft.form) },
          },
        })
        .publish("product-api-get", { calls: [s3Call] })
        .setLate("product-api-get-policy", "policy", s3Policy),
    messages: [],
  },
});
