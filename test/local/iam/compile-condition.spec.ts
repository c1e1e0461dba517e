import { expect } from "chai";
import { compileCondition, type ConditionResult } from "../../../local/iam/compile-condition.ts";
import { contextOf } from "../../../local/iam/condition-context.ts";
import { evaluate } from "../../../local/iam/evaluate.ts";
import type { OneOrMany, Scalar } from "../../../local/iam/policy-document.ts";

/** Whether `operator` with the policy's values holds for the request's. */
function holds(
  operator: string,
  policyValues: OneOrMany<Scalar>,
  requestValues?: OneOrMany<string>,
): ConditionResult {
  const condition = compileCondition({ [operator]: { "x:Key": policyValues } }, true);
  return condition(contextOf({ "X:key": requestValues }));
}

const cases: [operator: string, policy: Scalar, met: string, unmet: string][] = [
  ["StringEquals", "a*", "a*", "ab"],
  ["StringNotEquals", "a", "b", "a"],
  ["StringEqualsIgnoreCase", "Abc", "aBC", "abd"],
  ["StringNotEqualsIgnoreCase", "Abc", "abd", "aBC"],
  ["StringLike", "a?c*", "abcd", "ac"],
  ["StringNotLike", "a*", "ba", "ab"],
  ["ArnEquals", "arn:aws:sns:*:0:T", "arn:aws:sns:us-east-1:0:T", "arn:aws:sns:us-east-1:1:T"],
  ["ArnLike", "arn:aws:sns:*:0:T*", "arn:aws:sns:us-east-1:0:T:u", "arn:aws:sqs:us-east-1:0:T"],
  ["ArnLike", "*", "arn:aws:sns:us-east-1:0:T", ""],
  ["ArnNotEquals", "arn:aws:sns:*:0:T", "arn:aws:sns:x:0:U", "arn:aws:sns:x:0:T"],
  ["ArnNotLike", "arn:aws:sns:*:0:T", "not-an-arn", "arn:aws:sns:x:0:T"],
  ["Bool", true, "true", "false"],
  ["Bool", "false", "False", "true"],
  ["NumericEquals", 5, "5.0", "6"],
  ["NumericNotEquals", "5", "6", "5"],
  ["NumericLessThan", "5", "4", "5"],
  ["NumericLessThanEquals", "5", "5", "6"],
  ["NumericGreaterThan", "5", "6", "5"],
  ["NumericGreaterThanEquals", "5", "5", "4"],
  ["DateLessThan", "2026-01-01T00:00:00Z", "2025-12-31T23:59:59Z", "2026-01-01T00:00:00Z"],
  ["DateGreaterThan", "2026-01-01T00:00:00Z", "1800000000", "1700000000"],
  ["IpAddress", "127.0.0.0/8", "127.0.0.1", "10.0.0.1"],
  ["IpAddress", "::1", "::1", "::2"],
  ["NotIpAddress", "127.0.0.0/8", "10.0.0.1", "127.1.2.3"],
  ["BinaryEquals", "Qmlu", "Qmlu", "bWlu"],
];

describe("compileCondition", () => {
  for (const [operator, policyValue, met, unmet] of cases)
    it(`${operator} ${String(policyValue)} holds for "${met}" and not for "${unmet}"`, () => {
      expect(holds(operator, policyValue, met)).to.equal(true);
      if (unmet !== "") expect(holds(operator, policyValue, unmet)).to.equal(false);
    });

  it("takes several policy values as alternatives, and for a negated operator as exclusions", () => {
    expect(holds("StringEquals", ["a", "b"], "b")).to.equal(true);
    expect(holds("StringNotEquals", ["a", "b"], "b")).to.equal(false);
    expect(holds("StringNotEquals", ["a", "b"], "c")).to.equal(true);
  });

  it("asks for all operators and keys at once", () => {
    const condition = compileCondition(
      { StringEquals: { "x:a": "1" }, NumericLessThan: { "x:b": "5" } },
      true,
    );
    expect(condition(contextOf({ "x:a": "1", "x:b": "4" }))).to.equal(true);
    expect(condition(contextOf({ "x:a": "1", "x:b": "6" }))).to.equal(false);
  });

  describe("a key that the request does not have", () => {
    it("fails an operator, holds for its negated form and for IfExists", () => {
      expect(holds("StringEquals", "a")).to.equal(false);
      expect(holds("StringNotEquals", "a")).to.equal(true);
      expect(holds("StringEqualsIfExists", "a")).to.equal(true);
      expect(holds("StringEqualsIfExists", "a", "b")).to.equal(false);
    });

    it("is what Null asks for", () => {
      expect(holds("Null", "true")).to.equal(true);
      expect(holds("Null", "true", "a")).to.equal(false);
      expect(holds("Null", false, "a")).to.equal(true);
    });

    it("meets ForAllValues and fails ForAnyValue", () => {
      expect(holds("ForAllValues:StringEquals", "a")).to.equal(true);
      expect(holds("ForAnyValue:StringEquals", "a")).to.equal(false);
      expect(holds("ForAnyValue:StringNotEquals", "a")).to.equal(false);
    });
  });

  it("asks for any or for all of the request's values", () => {
    expect(holds("ForAnyValue:StringLike", "a*", ["b", "ab"])).to.equal(true);
    expect(holds("ForAnyValue:StringLike", "a*", ["b"])).to.equal(false);
    expect(holds("ForAllValues:StringEquals", ["a", "b"], ["a", "b"])).to.equal(true);
    expect(holds("ForAllValues:StringEquals", ["a", "b"], ["a", "c"])).to.equal(false);
    expect(holds("ForAllValues:StringNotEquals", "a", ["b", "a"])).to.equal(false);
    expect(holds("ForAnyValue:StringNotEquals", "a", ["b", "a"])).to.equal(true);
  });

  it("compares with a policy variable", () => {
    const condition = compileCondition({ StringEquals: { "x:a": "${x:b}" } }, true);
    expect(condition(contextOf({ "x:a": "1", "x:b": "1" }))).to.equal(true);
    expect(condition(contextOf({ "x:a": "1", "x:b": "2" }))).to.equal(false);
    expect(condition(contextOf({ "x:a": "${x:b}" }))).to.equal(false);
  });

  it("says so when it does not know the operator or the value", () => {
    expect(holds("StringAlmostEquals", "a", "a")).to.equal("unknown");
    expect(holds("NullIfExists", "true")).to.equal("unknown");
    expect(holds("NumericEquals", "many", "5")).to.equal("unknown");
    expect(holds("IpAddress", "127.0.0.1/40", "127.0.0.1")).to.equal("unknown");
    expect(holds("toString", "a", "a")).to.equal("unknown");
  });

  it("never lets an unknown condition allow, and always lets it deny", () => {
    const decide = (Effect: "Allow" | "Deny") =>
      evaluate({
        action: "a:B",
        resource: "*",
        principalArn: "arn:aws:iam::000000000000:role/r",
        context: contextOf({}),
        identityPolicies: [
          { Statement: { Effect, Action: "*", Resource: "*", Condition: { Odd: { k: "v" } } } },
        ],
      });
    expect(decide("Allow")).to.equal("implicit-deny");
    expect(decide("Deny")).to.equal("explicit-deny");
  });
});
