import type { PolicyResource } from "@pulumi/policy";
import * as aws from "@pulumi/aws";
import { parseStatements, type Statement } from "./documents.ts";
import { declared, type Found, follow, ofClass } from "./find.ts";
import type { LambdaFunction } from "./queues.ts";
import { documentOf } from "./published.ts";
import { ifKnown, knownPart, UNKNOWN } from "./unknown.ts";

/** A policy that a role has and that is written in this stack. */
export interface RolePolicy {
  /** Undefined where a preview knows nothing of them. */
  readonly statements: readonly Statement[] | undefined;
  /** On which the document depends. */
  readonly dependencies: readonly PolicyResource[];
}

/** A policy that is attached to a role, but written by AWS or in another stack. */
export interface ForeignPolicy {
  /** The role, or what attaches the policy if the role is not in the stack either. */
  readonly holder: PolicyResource;
  readonly arn: string;
}

/** @returns the policies of this stack that the role of a function has. */
export function policiesOfFunction(
  resources: readonly PolicyResource[],
  { resource: from, props }: LambdaFunction,
): RolePolicy[] {
  const value = ifKnown(() => props.role);
  const role = follow(resources, { from, property: "role", value, to: aws.iam.Role });
  return role ? policiesOfRole(resources, role.resource) : [];
}

/** @returns the policies of this stack that a role has: inline, attached, and in its own inputs. */
export function policiesOfRole(
  resources: readonly PolicyResource[],
  role: PolicyResource,
): RolePolicy[] {
  const inline = ofClass(resources, aws.iam.RolePolicy).filter(
    (policy) => roleOf(resources, policy) === role,
  );
  const attached = ofClass(resources, aws.iam.RolePolicyAttachment)
    .filter((attachment) => roleOf(resources, attachment) === role)
    .flatMap((attachment) => attachedPolicy(resources, attachment) ?? []);
  const dependencies = role.propertyDependencies.managedPolicyArns ?? [];
  const managed = [
    ...managedPolicyArnsOf(role).flatMap((arn) => declaredPolicy(resources, role, arn) ?? []),
    ...ofClass(dependencies, aws.iam.Policy),
  ];
  const written = new Set([...inline, ...attached, ...managed].map(({ resource }) => resource));
  return [
    ...[...written].map((policy) => ({
      statements: statementsOf(documentOf(policy, "policy")),
      dependencies: policy.propertyDependencies.policy ?? [],
    })),
    ...inlinePoliciesOf(role),
  ];
}

/** @returns the policies that roles of this stack have, and that are not in this stack. */
export function foreignPolicies(resources: readonly PolicyResource[]): ForeignPolicy[] {
  const managed = ofClass(resources, aws.iam.Role).flatMap(({ resource: holder }) =>
    managedPolicyArnsOf(holder)
      .filter((arn) => declaredPolicy(resources, holder, arn) === undefined)
      .map((arn) => ({ holder, arn })),
  );
  const attached = ofClass(resources, aws.iam.RolePolicyAttachment).flatMap((attachment) => {
    const arn = ifKnown(() => attachment.props.policyArn as string);
    if (arn === UNKNOWN || attachedPolicy(resources, attachment)) return [];
    return [{ holder: roleOf(resources, attachment) ?? attachment.resource, arn }];
  });
  // A provider that refreshes a role lists there what is attached elsewhere.
  const isFirst = ({ holder, arn }: ForeignPolicy, index: number, all: ForeignPolicy[]) =>
    all.findIndex((other) => other.holder === holder && other.arn === arn) === index;
  return [...managed, ...attached].filter(isFirst);
}

type OfRole = Pick<Found<aws.iam.RolePolicy>, "resource"> & { readonly props: { role: string } };

function roleOf(resources: readonly PolicyResource[], { resource: from, props }: OfRole) {
  const value = ifKnown(() => props.role);
  return follow(resources, { from, property: "role", value, to: aws.iam.Role })?.resource;
}

function attachedPolicy(
  resources: readonly PolicyResource[],
  { resource: from, props }: Found<aws.iam.RolePolicyAttachment>,
) {
  const value = ifKnown(() => props.policyArn as string);
  return follow(resources, { from, property: "policyArn", value, to: aws.iam.Policy });
}

function declaredPolicy(resources: readonly PolicyResource[], from: PolicyResource, value: string) {
  return follow(resources, { from, property: "managedPolicyArns", value, to: aws.iam.Policy });
}

function managedPolicyArnsOf(role: PolicyResource): string[] {
  return (knownPart(() => role.props.managedPolicyArns as unknown) ?? []) as string[];
}

function inlinePoliciesOf(role: PolicyResource): RolePolicy[] {
  const blocks = declared(role, "inlinePolicies", () => role.props.inlinePolicies as unknown);
  if (blocks === undefined) return [];
  const dependencies = role.propertyDependencies.inlinePolicies ?? [];
  if (blocks === UNKNOWN) return [{ statements: undefined, dependencies }];
  return (blocks as { policy?: unknown }[]).map((block) => ({
    statements: statementsOf(ifKnown(() => block.policy)),
    dependencies,
  }));
}

function statementsOf(document: unknown): readonly Statement[] | undefined {
  return document === UNKNOWN ? undefined : (parseStatements(document) ?? []);
}
