import { AwsError } from "../wire/aws-error.ts";
import { conditionProblem } from "./compile-condition.ts";
import { type OneOrMany, type PolicyDocument, type Scalar, toList } from "./policy-document.ts";

/** Where a policy stands: at a role or managed policy, as a role's trust, or at a resource. */
export type PolicyKind = "identity" | "trust" | "resource";

const statementElements = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

/**
 * Reads a policy document. Throws MalformedPolicyDocument (400), in IAM's words where they are
 * known, for what IAM refuses and for a condition that the evaluator does not know.
 */
export function parsePolicy(text: string, kind: PolicyKind): PolicyDocument {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw malformed(
      kind === "trust" ? "This policy contains invalid Json" : "Syntax errors in policy.",
    );
  }
  if (!isObject(document)) throw syntax("the document is not an object");
  for (const key of Object.keys(document))
    if (!["Version", "Id", "Statement"].includes(key)) throw syntax(`unknown element ${key}`);
  const version = document["Version"];
  if (version !== undefined && version !== "2012-10-17" && version !== "2008-10-17")
    throw syntax("Version must be 2012-10-17 or 2008-10-17");
  const statements = toList(document["Statement"] as OneOrMany<unknown> | undefined);
  if (statements.length === 0) throw syntax("Statement is missing or empty");
  const seen = new Set<string>();
  for (const statement of statements) {
    if (!isObject(statement)) throw syntax("a statement is not an object");
    checkStatement(statement, kind);
    const sid = statement["Sid"];
    if (typeof sid === "string" && sid !== "" && seen.size === seen.add(sid).size)
      throw malformed(`Statement IDs (SID) in a single policy must be unique: ${sid}`);
  }
  return document as unknown as PolicyDocument;
}

type Element = Readonly<Record<string, unknown>>;

function checkStatement(statement: Element, kind: PolicyKind): void {
  for (const key of Object.keys(statement))
    if (!statementElements.has(key)) throw syntax(`unknown element ${key}`);
  const { Effect, Sid } = statement;
  if (Effect !== "Allow" && Effect !== "Deny") throw syntax("Effect must be Allow or Deny");
  if (Sid !== undefined && typeof Sid !== "string") throw syntax("Sid must be a string");
  const actions = eitherOf(statement, "Action", "NotAction");
  if (!actions) throw malformed("Policy statement must contain actions.");
  for (const action of actions)
    if (action !== "*" && !/^[\w*?-]+:[\w*?-]+$/.test(action))
      throw malformed(
        `Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc. (${action})`,
      );
  checkPrincipal(statement, kind);
  checkResource(statement, kind);
  checkCondition(statement["Condition"]);
}

function checkPrincipal(statement: Element, kind: PolicyKind): void {
  const principal = statement["Principal"] ?? statement["NotPrincipal"];
  if (kind === "identity") {
    if (principal !== undefined) throw malformed("Policy document should not specify a principal.");
    return;
  }
  if (statement["Principal"] !== undefined && statement["NotPrincipal"] !== undefined)
    throw syntax("a statement has Principal or NotPrincipal, not both");
  if (principal === undefined)
    throw malformed("Policy document must specify a principal in each statement.");
  if (principal === "*") return;
  if (!isObject(principal) || Object.keys(principal).length === 0)
    throw malformed("Invalid principal in policy.");
  for (const [type, value] of Object.entries(principal))
    if (!["AWS", "Service", "Federated", "CanonicalUser"].includes(type) || !isStrings(value))
      throw malformed(`Invalid principal in policy: ${JSON.stringify({ [type]: value })}`);
}

function checkResource(statement: Element, kind: PolicyKind): void {
  const resources = eitherOf(statement, "Resource", "NotResource");
  if (kind === "trust") {
    if (resources) throw malformed("Has prohibited field Resource");
    return;
  }
  if (!resources) {
    // At a resource, the resource goes without saying.
    if (kind === "resource") return;
    throw malformed("Policy statement must contain resources.");
  }
  for (const resource of resources)
    if (resource !== "*" && !/^(arn|\*|\$\{[^}]*\})(:|$)/.test(resource))
      throw malformed(`Resource ${resource} must be in ARN format or "*".`);
}

function checkCondition(condition: unknown): void {
  if (condition === undefined) return;
  if (!isObject(condition)) throw syntax("Condition must be an object");
  for (const [operator, keys] of Object.entries(condition)) {
    if (!isObject(keys)) throw syntax(`Condition ${operator} must be an object`);
    for (const [key, values] of Object.entries(keys)) {
      if (!isScalars(values))
        throw syntax(`Condition ${operator} ${key} must be a value or a list of values`);
      const problem = conditionProblem(operator, values);
      if (problem !== undefined) throw malformed(problem);
    }
  }
}

function eitherOf(statement: Element, name: string, notName: string) {
  const value = statement[name] ?? statement[notName];
  if (statement[name] !== undefined && statement[notName] !== undefined)
    throw syntax(`a statement has ${name} or ${notName}, not both`);
  if (value === undefined) return undefined;
  if (!isStrings(value)) throw syntax(`${name} must be a string or a list of strings`);
  const list = toList(value);
  return list.length === 0 ? undefined : list;
}

function isObject(value: unknown): value is Element {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isStrings(value: unknown): value is OneOrMany<string> {
  return toList(value as OneOrMany<unknown>).every((each) => typeof each === "string");
}

function isScalars(value: unknown): value is OneOrMany<Scalar> {
  return toList(value as OneOrMany<unknown>).every((each) =>
    ["string", "number", "boolean"].includes(typeof each),
  );
}

function malformed(message: string): AwsError {
  return new AwsError("MalformedPolicyDocument", message);
}

function syntax(detail: string): AwsError {
  return malformed(`Syntax errors in policy. (${detail})`);
}
