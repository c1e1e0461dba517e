import type { AwsCall, Protocol } from "../wire/aws-call.ts";
import { AwsError } from "../wire/aws-error.ts";
import type { ActionOnResource } from "./actions/action-reader.ts";

/** Why a call is denied, in the order in which IAM looks. */
export type DenialReason =
  "no-allow" | "explicit-deny-identity" | "explicit-deny-resource" | "unknown-operation";

/**
 * The error of a call that its caller may not make, as the call's service answers it.
 * Source: IAM User Guide, "Troubleshoot access denied error messages"; the services' common errors.
 */
export function accessDenied(
  call: AwsCall,
  {
    principal,
    needed,
    reason,
  }: { principal: string; needed: ActionOnResource; reason: DenialReason },
): AwsError {
  const action = shownAction(needed.action);
  const why = {
    "no-allow": `because no identity-based policy allows the ${action} action`,
    "explicit-deny-identity": "with an explicit deny in an identity-based policy",
    "explicit-deny-resource": "with an explicit deny in a resource-based policy",
    "unknown-operation": "because the embedded cloud does not know which action it needs",
  }[reason];
  const [code, status] = denialForms[call.service] ?? protocolForms[call.protocol];
  return new AwsError(
    code,
    `User: ${principal} is not authorized to perform: ${action} on resource: ${needed.resource} ${why}`,
    status,
  );
}

/** The error of a call signed with credentials that have ended. */
export function expiredToken(call: AwsCall): AwsError {
  const message = "The security token included in the request is expired";
  if (call.protocol === "query" || call.protocol === "rest-xml")
    return new AwsError("ExpiredToken", message, 403);
  return new AwsError("ExpiredTokenException", message, call.protocol === "rest-json" ? 403 : 400);
}

type Form = readonly [code: string, status: number];

const denialForms: Readonly<Record<string, Form>> = {
  sns: ["AuthorizationError", 403],
  sqs: ["AccessDeniedException", 403],
};

const protocolForms: Readonly<Record<Protocol, Form>> = {
  "json-1.0": ["AccessDeniedException", 400],
  "json-1.1": ["AccessDeniedException", 400],
  "rest-json": ["AccessDeniedException", 403],
  query: ["AccessDenied", 403],
  "rest-xml": ["AccessDenied", 403],
  "rpc-v2-cbor": ["AccessDeniedException", 400],
};

/** Most services show an action as policies have it; SNS and SQS have their own ways. */
function shownAction(action: string): string {
  if (action.startsWith("sns:")) return `SNS${action.slice(3)}`;
  return action.startsWith("sqs:") ? action.toLowerCase() : action;
}
