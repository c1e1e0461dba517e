import { AwsError } from "../../wire/aws-error.ts";
import type { PolicyDocument } from "../../iam/policy-document.ts";
import { createAwsManagedPolicies } from "./aws-managed-policies.ts";
import type { ManagedPolicy, Role } from "./iam-entities.ts";
import { createSessionStore, type SessionStore } from "./session-store.ts";

/** Roles, policies and sessions of the one account, shared by IAM, STS, Lambda and the gateway. */
export interface IamStore extends SessionStore {
  readonly accountId: string;
  /** Role name, in lower case, → role: names differ by more than case. */
  readonly roles: Map<string, Role>;
  /** ARN → policy, those managed by AWS among them. */
  readonly policies: Map<string, ManagedPolicy>;
  /** Throws NoSuchEntity (404). */
  role(name: string): Role;
  /** Throws NoSuchEntity (404). */
  policy(arn: string): ManagedPolicy;
  roleOfArn(arn: string): Role | undefined;
  /** Every policy of a role, inline and attached; none when there is no such role. */
  identityPoliciesOf(roleArn: string): readonly PolicyDocument[];
  /** To call after any change of a role's policies or of a managed policy. */
  policiesChanged(): void;
}

/** An account without roles. */
export function createIamStore({ accountId = "000000000000" } = {}): IamStore {
  const roles = new Map<string, Role>();
  const policies = new Map(createAwsManagedPolicies().map((policy) => [policy.arn, policy]));
  let documentsOfRole = new Map<string, readonly PolicyDocument[]>();

  const roleOfArn = (arn: string): Role | undefined => {
    const role = roles.get(arn.slice(arn.lastIndexOf("/") + 1).toLowerCase());
    return role?.arn === arn ? role : undefined;
  };

  return {
    ...createSessionStore(accountId),
    accountId,
    roles,
    policies,
    role(name) {
      const role = roles.get(name.toLowerCase());
      if (role) return role;
      throw new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`, 404);
    },
    policy(arn) {
      const policy = policies.get(arn);
      if (policy) return policy;
      throw new AwsError("NoSuchEntity", `Policy ${arn} was not found.`, 404);
    },
    roleOfArn,
    identityPoliciesOf(roleArn) {
      let documents = documentsOfRole.get(roleArn);
      if (!documents) {
        const role = roleOfArn(roleArn);
        documents = role ? collectDocuments(role, policies) : [];
        documentsOfRole.set(roleArn, documents);
      }
      return documents;
    },
    policiesChanged() {
      documentsOfRole = new Map();
    },
  };
}

function collectDocuments(
  role: Role,
  policies: ReadonlyMap<string, ManagedPolicy>,
): PolicyDocument[] {
  const attached = [...role.attachedPolicyArns].flatMap((arn) => {
    const policy = policies.get(arn);
    return policy?.versions.find(({ id }) => id === policy.defaultVersionId) ?? [];
  });
  return [...role.inlinePolicies.values(), ...attached].map(({ document }) => document);
}
