import type * as pulumi from "@pulumi/pulumi";

/** Calls that a policy allows. */
export interface AllowStatement {
  actions: string[];
  resource: pulumi.Input<string> | pulumi.Input<string>[];
  condition?: Record<string, Record<string, pulumi.Input<string>>>;
}

/** @returns an identity policy of Allow statements. */
export function policyDocument(statements: AllowStatement[]) {
  return {
    Version: "2012-10-17",
    Statement: statements.map(({ actions, resource, condition }) => ({
      Effect: "Allow",
      Action: actions,
      Resource: resource,
      ...(condition && { Condition: condition }),
    })),
  };
}

/** @returns the trust policy of a role that one service assumes. */
export function assumedBy(service: string) {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  };
}
