import { roleMay, serviceMayAssume } from "../../iam/service-trust.ts";
import type { IamStore } from "../iam/iam-store.ts";
import type { SsmIam } from "./ssm-context.ts";

const servicePrincipal = "ssm.amazonaws.com";

/** What the embedded IAM answers to SSM. */
export function createSsmIam(iam: IamStore): SsmIam {
  return {
    serviceMayAssume: (roleArn) => serviceMayAssume(iam, roleArn, servicePrincipal),
    mayPassRole: (callerRoleArn, roleArn) =>
      callerRoleArn === undefined ||
      roleMay(iam, callerRoleArn, {
        action: "iam:PassRole",
        resource: roleArn,
        context: { "iam:PassedToService": servicePrincipal },
      }),
    callerArn: ({ accessKeyId, roleArn }) =>
      (accessKeyId === undefined ? undefined : iam.sessionOf(accessKeyId)?.sessionArn) ??
      roleArn ??
      `arn:aws:iam::${iam.accountId}:root`,
  };
}
