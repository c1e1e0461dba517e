/**
 * A policy as JSON has it. Source: IAM User Guide, "Grammar of the IAM JSON policy language".
 * Documents are never changed once made: a new policy is a new object, which is what lets
 * `evaluate` keep what it compiled.
 */
export interface PolicyDocument {
  readonly Version?: string;
  readonly Id?: string;
  readonly Statement: OneOrMany<PolicyStatement>;
}

export interface PolicyStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: PrincipalElement;
  readonly NotPrincipal?: PrincipalElement;
  readonly Action?: OneOrMany<string>;
  readonly NotAction?: OneOrMany<string>;
  readonly Resource?: OneOrMany<string>;
  readonly NotResource?: OneOrMany<string>;
  /** Operator → condition key → values. */
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, OneOrMany<Scalar>>>>>;
}

/** `"*"`, or principal type (`AWS`, `Service`, …) → principals. */
export type PrincipalElement = "*" | Readonly<Record<string, OneOrMany<string>>>;

export type Scalar = string | number | boolean;
export type OneOrMany<T> = T | readonly T[];

export function toList<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
