import { createHash } from "node:crypto";
import { parsePolicy } from "../../iam/parse-policy.ts";
import policies from "./aws-managed-policies.json" with { type: "json" };
import type { ManagedPolicy } from "./iam-entities.ts";

interface PublishedPolicy {
  readonly createDate: string;
  readonly updateDate: string;
  readonly versionId: string;
  readonly document: object;
}

/**
 * Path and name → the default version as AWS publishes it (2026): those of the services served here,
 * of FIS, and of what roles beside them often need. Source: AWS Managed Policy Reference Guide.
 */
const published: Readonly<Record<string, PublishedPolicy>> = policies;

/** The policies managed by AWS that are known here; every account has them. */
export function createAwsManagedPolicies(): ManagedPolicy[] {
  return Object.entries(published).map(([pathAndName, policy]) => {
    const slash = pathAndName.lastIndexOf("/");
    const text = JSON.stringify(policy.document);
    const updatedAt = new Date(policy.updateDate);
    const hash = createHash("sha256").update(pathAndName).digest("hex").toUpperCase();
    return {
      name: pathAndName.slice(slash + 1),
      path: `/${pathAndName.slice(0, slash + 1)}`,
      id: `ANPA${hash.slice(0, 17)}`,
      arn: `arn:aws:iam::aws:policy/${pathAndName}`,
      createdAt: new Date(policy.createDate),
      updatedAt,
      description: undefined,
      tags: new Map(),
      versions: [
        {
          id: policy.versionId,
          createdAt: updatedAt,
          text,
          document: documentOf(pathAndName, text),
        },
      ],
      defaultVersionId: policy.versionId,
      lastVersion: Number(policy.versionId.slice(1)),
    };
  });
}

const documents = new Map<string, ReturnType<typeof parsePolicy>>();

/** Read once for all clouds of a process. */
function documentOf(name: string, text: string): ReturnType<typeof parsePolicy> {
  const known = documents.get(name) ?? parsePolicy(text, "identity");
  documents.set(name, known);
  return known;
}

export function isAwsManaged(policyArn: string): boolean {
  return policyArn.startsWith("arn:aws:iam::aws:policy/");
}
