import { type PolicyDocument, toList } from "../../iam/policy-document.ts";

/** Conditions that hold for a fixed set of callers only. */
const narrowing =
  /^(aws:(source(arn|account|vpc|vpce|orgid|orgpaths|ip)|principal(arn|account|orgid|orgpaths)|userid|username)|s3:(dataaccesspointarn|dataaccesspointaccount))$/i;

/**
 * Whether a bucket's policy opens it to everyone.
 * Source: S3 User Guide, "Blocking public access", "The meaning of public".
 */
export function isPublicPolicy(policy: PolicyDocument): boolean {
  return toList(policy.Statement).some(({ Effect, Principal, NotPrincipal, Condition = {} }) => {
    if (Effect !== "Allow") return false;
    const isEveryone =
      NotPrincipal !== undefined ||
      Principal === "*" ||
      (typeof Principal === "object" && toList(Principal["AWS"]).includes("*"));
    const keys = Object.values(Condition).flatMap((byKey) => Object.keys(byKey));
    return isEveryone && !keys.some((key) => narrowing.test(key));
  });
}
