import type { PolicyDocument } from "../../iam/policy-document.ts";

/** A policy document: as it was sent, which is how it is answered, and as it is evaluated. */
export interface StoredPolicy {
  readonly text: string;
  readonly document: PolicyDocument;
}

export interface Role {
  readonly name: string;
  /** `/`, or `/team/` */
  readonly path: string;
  readonly id: string;
  readonly arn: string;
  readonly createdAt: Date;
  trustPolicy: StoredPolicy;
  description: string | undefined;
  maxSessionDurationSeconds: number;
  readonly tags: Map<string, string>;
  readonly inlinePolicies: Map<string, StoredPolicy>;
  readonly attachedPolicyArns: Set<string>;
}

export interface ManagedPolicy {
  readonly name: string;
  readonly path: string;
  readonly id: string;
  readonly arn: string;
  readonly createdAt: Date;
  updatedAt: Date;
  readonly description: string | undefined;
  readonly tags: Map<string, string>;
  readonly versions: PolicyVersion[];
  defaultVersionId: string;
  /** Number of the last version; numbers are not used again. */
  lastVersion: number;
}

export interface PolicyVersion extends StoredPolicy {
  readonly id: string;
  readonly createdAt: Date;
}
