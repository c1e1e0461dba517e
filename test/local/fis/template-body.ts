/** Bodies of CreateExperimentTemplate, as they go over the wire. */
export type Json = Record<string, unknown>;

const roleTarget = {
  resourceType: "aws:iam:role",
  resourceArns: ["arn:aws:iam::000000000000:role/add-product"],
  selectionMode: "ALL",
};
export const injectApi = {
  actionId: "aws:fis:inject-api-unavailable-error",
  parameters: { service: "dynamodb", operations: "PutItem", duration: "PT1M" },
};

export function template(change: Json = {}): Json {
  return {
    clientToken: "token",
    description: "A template of a test",
    stopConditions: [{ source: "none" }],
    roleArn: "arn:aws:iam::000000000000:role/ExperimentRole",
    targets: {},
    actions: { nothing: { actionId: "localstack:do-nothing" } },
    ...change,
  };
}
export const apiError = (parameters: Json) =>
  template({ actions: { fault: { actionId: "localstack:generic:api-error", parameters } } });
export const latency = (parameters: Json) =>
  template({ actions: { fault: { actionId: "localstack:generic:latency", parameters } } });
export const inject = (change: Json, targets: Json = { functions: roleTarget }) =>
  template({
    targets,
    actions: { fault: { ...injectApi, targets: { Roles: "functions" }, ...change } },
  });
export const wait = (duration: string, startAfter?: string[]) => ({
  actionId: "aws:fis:wait",
  parameters: { duration },
  ...(startAfter && { startAfter }),
});
export const target = (change: Json) => inject({}, { functions: { ...roleTarget, ...change } });
