import { expect } from "chai";
import fc from "fast-check";
import { contextOf } from "../../../local/iam/condition-context.ts";
import { type Decision, evaluate, type EvaluateArgs } from "../../../local/iam/evaluate.ts";
import type { PolicyDocument, PolicyStatement } from "../../../local/iam/policy-document.ts";

const roleArn = "arn:aws:iam::000000000000:role/writer";
const tableArn = "arn:aws:dynamodb:us-east-1:000000000000:table/Products";

function policy(...statements: PolicyStatement[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}

function allow(statement: Partial<PolicyStatement> = {}): PolicyStatement {
  return { Effect: "Allow", Action: "dynamodb:PutItem", Resource: tableArn, ...statement };
}

function decide(args: Partial<EvaluateArgs>): Decision {
  return evaluate({
    action: "dynamodb:PutItem",
    resource: tableArn,
    principalArn: roleArn,
    context: contextOf({}),
    identityPolicies: [],
    ...args,
  });
}

describe("evaluate", () => {
  it("denies implicitly without a policy", () => {
    expect(decide({})).to.equal("implicit-deny");
  });

  it("allows what an identity policy allows, and nothing else", () => {
    const identityPolicies = [policy(allow())];
    expect(decide({ identityPolicies })).to.equal("allow");
    expect(decide({ identityPolicies, action: "dynamodb:GetItem" })).to.equal("implicit-deny");
    expect(decide({ identityPolicies, resource: `${tableArn}2` })).to.equal("implicit-deny");
  });

  it("compares actions without case", () => {
    const identityPolicies = [policy(allow({ Action: "DYNAMODB:put*" }))];
    expect(decide({ identityPolicies })).to.equal("allow");
  });

  it("lets an explicit deny of either policy win, wherever it stands", () => {
    const deny = allow({ Effect: "Deny" });
    expect(decide({ identityPolicies: [policy(allow(), deny)] })).to.equal("explicit-deny");
    expect(decide({ identityPolicies: [policy(deny), policy(allow())] })).to.equal("explicit-deny");
    expect(
      decide({
        identityPolicies: [policy(allow())],
        resourcePolicies: [policy({ ...deny, Principal: { AWS: roleArn } })],
      }),
    ).to.equal("explicit-deny");
  });

  it("never turns a deny into an allow by adding policies", () => {
    const statements = fc.array(
      fc.record({
        Effect: fc.constantFrom("Allow" as const, "Deny" as const),
        Action: fc.constantFrom("*", "dynamodb:*", "dynamodb:PutItem", "dynamodb:GetItem"),
        Resource: fc.constantFrom("*", tableArn, "arn:aws:sqs:*:*:*"),
      }),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(statements, statements, (first, more) => {
        const before = decide({ identityPolicies: [policy(...first)] });
        const after = decide({ identityPolicies: [policy(...first), policy(...more)] });
        if (before === "explicit-deny") expect(after).to.equal("explicit-deny");
        if (before === "allow") expect(after).not.to.equal("implicit-deny");
      }),
    );
  });

  it("reads NotAction and NotResource", () => {
    const allButDelete = policy({ Effect: "Allow", NotAction: "dynamodb:Delete*", Resource: "*" });
    expect(decide({ identityPolicies: [allButDelete] })).to.equal("allow");
    expect(decide({ identityPolicies: [allButDelete], action: "dynamodb:DeleteItem" })).to.equal(
      "implicit-deny",
    );
    const otherTables = policy({ Effect: "Deny", Action: "*", NotResource: tableArn });
    const identityPolicies = [policy(allow({ Resource: "*" })), otherTables];
    expect(decide({ identityPolicies })).to.equal("allow");
    expect(decide({ identityPolicies, resource: `${tableArn}2` })).to.equal("explicit-deny");
  });

  describe("principals of a resource policy", () => {
    const ask = (Principal: PolicyStatement["Principal"], args: Partial<EvaluateArgs> = {}) =>
      decide({ resourcePolicies: [policy(allow({ ...(Principal && { Principal }) }))], ...args });

    it("may be everyone, the role, or its session", () => {
      const sessionArn = "arn:aws:sts::000000000000:assumed-role/writer/writer-1";
      expect(ask("*")).to.equal("allow");
      expect(ask({ AWS: "*" })).to.equal("allow");
      expect(ask({ AWS: [roleArn] })).to.equal("allow");
      expect(ask({ AWS: sessionArn }, { sessionArn })).to.equal("allow");
      expect(ask({ AWS: `${roleArn}2` })).to.equal("implicit-deny");
    });

    it("leave it to the identity policies when they name the account", () => {
      for (const AWS of ["000000000000", "arn:aws:iam::000000000000:root"]) {
        expect(ask({ AWS })).to.equal("implicit-deny");
        expect(ask({ AWS }, { identityPolicies: [policy(allow())] })).to.equal("allow");
        expect(
          decide({
            identityPolicies: [policy(allow())],
            resourcePolicies: [policy(allow({ Effect: "Deny", Principal: { AWS } }))],
          }),
        ).to.equal("explicit-deny");
      }
    });

    it("may be a service, under a condition on its source", () => {
      const statement = allow({
        Action: "sqs:SendMessage",
        Principal: { Service: "sns.amazonaws.com" },
        Condition: { ArnEquals: { "aws:SourceArn": "arn:aws:sns:*:000000000000:Topic" } },
      });
      const from = (servicePrincipal: string, topic: string) =>
        decide({
          action: "sqs:SendMessage",
          principalArn: undefined,
          servicePrincipal,
          context: contextOf({ "aws:SourceArn": `arn:aws:sns:us-east-1:000000000000:${topic}` }),
          resourcePolicies: [policy(statement)],
        });
      expect(from("sns.amazonaws.com", "Topic")).to.equal("allow");
      expect(from("sns.amazonaws.com", "Other")).to.equal("implicit-deny");
      expect(from("s3.amazonaws.com", "Topic")).to.equal("implicit-deny");
    });

    it("may be everyone but some", () => {
      const statement = allow({ Effect: "Deny", NotPrincipal: { AWS: roleArn } });
      const args = { identityPolicies: [policy(allow())], resourcePolicies: [policy(statement)] };
      expect(decide(args)).to.equal("allow");
      expect(decide({ ...args, principalArn: `${roleArn}2` })).to.equal("explicit-deny");
    });

    it("are needed: a statement without one grants nothing", () => {
      expect(ask(undefined)).to.equal("implicit-deny");
    });
  });

  it("reads policy variables in resources, in the new policy language only", () => {
    const own = allow({ Resource: `${tableArn}-\${aws:PrincipalTag/team}` });
    const args = {
      resource: `${tableArn}-red`,
      context: contextOf({ "aws:PrincipalTag/team": "red" }),
    };
    expect(decide({ ...args, identityPolicies: [policy(own)] })).to.equal("allow");
    expect(
      decide({ ...args, identityPolicies: [{ Version: "2008-10-17", Statement: own }] }),
    ).to.equal("implicit-deny");
  });
});
