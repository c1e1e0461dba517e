import { AwsError } from "../../wire/aws-error.ts";
import { type QueryInput, required } from "../query-service.ts";

/** A parameter's constraints in the service model. */
export interface Constraint {
  readonly pattern: RegExp;
  readonly maxLength: number;
}

/** Source: IAM service model 2010-05-08. */
export const constraints = {
  roleName: { pattern: /^[\w+=,.@-]+$/, maxLength: 64 },
  policyName: { pattern: /^[\w+=,.@-]+$/, maxLength: 128 },
  path: { pattern: /^\/(?:[\x21-\x7e]+\/)?$/, maxLength: 512 },
  description: { pattern: /^[\t\n\r\x20-\x7e\xa1-\xff]*$/, maxLength: 1000 },
  tagKey: { pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u, maxLength: 128 },
  tagValue: { pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u, maxLength: 256 },
} as const satisfies Record<string, Constraint>;

/** Throws ValidationError (400) for a value that breaks its constraint. */
export function check(name: string, value: string, { pattern, maxLength }: Constraint): string {
  const broken =
    value.length > maxLength
      ? `Member must have length less than or equal to ${String(maxLength)}`
      : pattern.test(value)
        ? undefined
        : `Member must satisfy regular expression pattern: ${pattern.source}`;
  if (broken !== undefined) throw invalid(name, value, broken);
  return value;
}

export function roleNameOf(input: QueryInput): string {
  return check("roleName", required(input, "RoleName"), constraints.roleName);
}

export function policyNameOf(input: QueryInput): string {
  return check("policyName", required(input, "PolicyName"), constraints.policyName);
}

export function pathOf(input: QueryInput): string {
  return check("path", input["Path"] ?? "/", constraints.path);
}

export function descriptionOf(input: QueryInput): string | undefined {
  const text = input["Description"];
  return text === undefined ? undefined : check("description", text, constraints.description);
}

/** A whole number of the model's range; `undefined` when it is not there. */
export function integerOf(
  input: QueryInput,
  name: string,
  { min, max }: { min: number; max: number },
): number | undefined {
  const text = input[name];
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value)) throw invalid(name, text, "Member must be an integer");
  if (value < min)
    throw invalid(name, text, `Member must have value greater than or equal to ${String(min)}`);
  if (value > max)
    throw invalid(name, text, `Member must have value less than or equal to ${String(max)}`);
  return value;
}

export function invalid(name: string, value: string, constraint: string): AwsError {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return new AwsError(
    "ValidationError",
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
