import { describeRule } from "./support/describe-rule.ts";

const template = (actionId: string, parameters: Record<string, string>) => ({
  actions: { action: { actionId, parameters } },
});
const ALL_EDGES = [
  "product-api-add-function → dynamodb",
  "product-api-add-function → logs",
  "product-api-add-function → sns",
  "product-api-get-function → dynamodb",
  "product-api-get-function → logs",
  "write-buffer-retry-function → dynamodb",
  "write-buffer-retry-function → logs",
  "write-buffer-retry-function → sqs",
];
const sentence = (edges: string[]) =>
  `No experiment faults these calls: ${edges.join(", ")}. Add an experiment template for each service.`;
const toLogs = ALL_EDGES.filter((edge) => edge.endsWith("logs"));

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
    messages: [sentence(ALL_EDGES.filter((edge) => edge.endsWith("logs") || edge.endsWith("sqs")))],
  },
  "counts a fault of all services for none, if the pack's user says so": {
    change: () => undefined,
    options: { config: { "every-dependency-is-drilled": { allServices: false } } },
    messages: [sentence(toLogs)],
  },
});
