import { type PrincipalElement, toList } from "./policy-document.ts";

/** Who makes a request: an IAM principal, or an AWS service. */
export interface Caller {
  /** ARN of the role, user or account root. */
  readonly principalArn?: string | undefined;
  /** ARN of the role session, as `GetCallerIdentity` answers it. */
  readonly sessionArn?: string | undefined;
  /** Such as `sns.amazonaws.com`. */
  readonly servicePrincipal?: string | undefined;
}

/**
 * How a `Principal` element names the caller: itself, only its account (which hands the decision
 * to the account's identity policies), or not at all.
 * Source: IAM User Guide, "AWS JSON policy elements: Principal".
 */
export type PrincipalMatch = "direct" | "account" | "none";

export function matchPrincipal(element: PrincipalElement, caller: Caller): PrincipalMatch {
  if (element === "*") return "direct";
  if (typeof element !== "object") return "none";
  if (toList(element["Service"]).some((service) => service === caller.servicePrincipal))
    return "direct";
  let match: PrincipalMatch = "none";
  for (const principal of toList(element["AWS"])) {
    const one = matchAwsPrincipal(principal, caller);
    if (one === "direct") return "direct";
    if (one === "account") match = "account";
  }
  return match;
}

function matchAwsPrincipal(principal: string, caller: Caller): PrincipalMatch {
  if (principal === "*") return "direct";
  const { principalArn, sessionArn } = caller;
  if (principalArn === undefined) return "none";
  const arn = /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal;
  if (arn === principalArn || arn === sessionArn) return "direct";
  const account = /^arn:aws:iam::(\d{12}):root$/.exec(arn)?.[1];
  return account !== undefined && account === principalArn.split(":")[4] ? "account" : "none";
}
