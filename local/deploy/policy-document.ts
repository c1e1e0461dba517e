import { z } from "zod";
import { checkInputs } from "./check-inputs.ts";

const principals = z.array(z.strictObject({ type: z.string(), identifiers: z.array(z.string()) }));

const statement = z.strictObject({
  sid: z.string().optional(),
  effect: z.enum(["Allow", "Deny"]).default("Allow"),
  actions: z.array(z.string()).optional(),
  notActions: z.array(z.string()).optional(),
  resources: z.array(z.string()).optional(),
  notResources: z.array(z.string()).optional(),
  principals: principals.optional(),
  notPrincipals: principals.optional(),
  conditions: z
    .array(z.strictObject({ test: z.string(), variable: z.string(), values: z.array(z.string()) }))
    .optional(),
});

const documentInputs = z.strictObject({
  version: z.enum(["2008-10-17", "2012-10-17"]).default("2012-10-17"),
  policyId: z.string().optional(),
  statements: z.array(statement).default([]),
  sourcePolicyDocuments: z.array(z.string()).optional(),
  overridePolicyDocuments: z.array(z.string()).optional(),
});

interface Document {
  readonly Statement: readonly { readonly Sid?: string }[];
}

/**
 * The answer of `aws.iam.getPolicyDocument`, which the real provider computes without calling AWS.
 * Source: Terraform AWS provider documentation, data source aws_iam_policy_document.
 */
export function policyDocument(inputs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { version, policyId, statements, ...others } = checkInputs(documentInputs, inputs);
  const own = statements.map(statementOf);
  // A later statement takes the place of an earlier one with its Sid.
  let merged = [...(others.sourcePolicyDocuments ?? []).flatMap(statementsOf), ...own];
  for (const text of others.overridePolicyDocuments ?? [])
    for (const later of statementsOf(text)) {
      const at = merged.findIndex(({ Sid }) => Sid !== undefined && Sid === later.Sid);
      merged = at < 0 ? [...merged, later] : merged.with(at, later);
    }
  const document = { Version: version, ...(policyId && { Id: policyId }), Statement: merged };
  return {
    id: policyId ?? "policy",
    json: JSON.stringify(document, undefined, 2),
    minifiedJson: JSON.stringify(document),
    version,
    statements,
  };
}

function statementsOf(text: string): Document["Statement"] {
  const { Statement = [] } = JSON.parse(text) as Partial<Document>;
  return Array.isArray(Statement) ? Statement : [Statement as unknown as { Sid?: string }];
}

function statementOf(given: z.infer<typeof statement>): { Sid?: string } {
  const members = {
    Sid: given.sid,
    Effect: given.effect,
    Action: oneOrMany(given.actions),
    NotAction: oneOrMany(given.notActions),
    Resource: oneOrMany(given.resources),
    NotResource: oneOrMany(given.notResources),
    Principal: principalsOf(given.principals),
    NotPrincipal: principalsOf(given.notPrincipals),
    Condition: conditionsOf(given.conditions),
  };
  return JSON.parse(JSON.stringify(members)) as { Sid?: string };
}

function oneOrMany(values: readonly string[] | undefined): string | string[] | undefined {
  if (values === undefined || values.length === 0) return undefined;
  return values.length === 1 ? values[0] : [...values];
}

function principalsOf(given: z.infer<typeof principals> | undefined): unknown {
  if (given === undefined || given.length === 0) return undefined;
  const [first] = given;
  if (given.length === 1 && first?.type === "*") return "*";
  const types = Map.groupBy(given, ({ type }) => type);
  return Object.fromEntries(
    [...types].map(([type, of]) => [type, oneOrMany(of.flatMap(({ identifiers }) => identifiers))]),
  );
}

function conditionsOf(given: z.infer<typeof statement>["conditions"]): unknown {
  if (given === undefined || given.length === 0) return undefined;
  const tests = Map.groupBy(given, ({ test }) => test);
  return Object.fromEntries(
    [...tests].map(([test, of]) => [
      test,
      Object.fromEntries(of.map(({ variable, values }) => [variable, oneOrMany(values)])),
    ]),
  );
}
