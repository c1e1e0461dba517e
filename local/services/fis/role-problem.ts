import { serviceMayAssume } from "../../iam/service-trust.ts";
import type { IamStore } from "../iam/iam-store.ts";

/** Says why FIS cannot assume a template's role for an experiment. */
export function createRoleProblem(
  iam: IamStore,
): (roleArn: string, experimentArn: string) => string | undefined {
  return (roleArn, experimentArn) =>
    serviceMayAssume(iam, roleArn, "fis.amazonaws.com", experimentArn)
      ? undefined
      : `Unable to assume the role ${roleArn}: it is not there, or does not trust fis.amazonaws.com.`;
}
