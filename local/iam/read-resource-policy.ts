import { parsePolicy } from "./parse-policy.ts";
import type { PolicyDocument } from "./policy-document.ts";

export interface ResourcePolicy {
  readonly document: PolicyDocument;
  /** Why the text is not a policy, where it is not. */
  readonly problem: string | undefined;
}

const maxKept = 1000;
const kept = new Map<string, ResourcePolicy>();

/**
 * The policy of a resource that keeps it as JSON text, as queues, topics and tables do. The same
 * text gives the same document, so that it is compiled once. A text that AWS would not have taken
 * denies everything: it cannot be told what it was meant to deny.
 */
export function readResourcePolicy(text: string): ResourcePolicy {
  let policy = kept.get(text);
  if (!policy) {
    policy = read(text);
    if (kept.size >= maxKept) kept.clear();
    kept.set(text, policy);
  }
  return policy;
}

function read(text: string): ResourcePolicy {
  try {
    return { document: parsePolicy(text, "resource"), problem: undefined };
  } catch (error) {
    return {
      document: { Statement: { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" } },
      problem: error instanceof Error ? error.message : String(error),
    };
  }
}
