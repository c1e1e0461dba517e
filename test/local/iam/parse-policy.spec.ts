import { expect } from "chai";
import { parsePolicy, type PolicyKind } from "../../../local/iam/parse-policy.ts";

const statement = { Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" };
const trust = {
  Effect: "Allow",
  Principal: { Service: "lambda.amazonaws.com" },
  Action: "sts:AssumeRole",
};

const refused: [what: string, kind: PolicyKind, policy: unknown, message: string][] = [
  ["text that is not JSON", "identity", "{", "Syntax errors in policy."],
  ["text that is not JSON", "trust", "{", "This policy contains invalid Json"],
  ["a list", "identity", [], "the document is not an object"],
  ["no statement", "identity", { Version: "2012-10-17" }, "Statement is missing or empty"],
  ["another version", "identity", { Version: "2020-01-01", Statement: statement }, "Version must"],
  ["an unknown element", "identity", { Statement: { ...statement, Acton: "x" } }, "Acton"],
  ["another effect", "identity", { Statement: { ...statement, Effect: "allow" } }, "Effect must"],
  [
    "no action",
    "identity",
    { Statement: { Effect: "Allow", Resource: "*" } },
    "Policy statement must contain actions.",
  ],
  [
    "an action without service",
    "identity",
    { Statement: { ...statement, Action: "SendMessage" } },
    "Actions/Conditions must be prefaced by a vendor",
  ],
  [
    "no resource",
    "identity",
    { Statement: { Effect: "Allow", Action: "*" } },
    "Policy statement must contain resources.",
  ],
  [
    "a resource that is no ARN",
    "identity",
    { Statement: { ...statement, Resource: "Products" } },
    'Resource Products must be in ARN format or "*".',
  ],
  [
    "a principal in an identity policy",
    "identity",
    { Statement: { ...statement, Principal: "*" } },
    "Policy document should not specify a principal.",
  ],
  [
    "a resource in a trust policy",
    "trust",
    { Statement: { ...trust, Resource: "*" } },
    "Has prohibited field Resource",
  ],
  [
    "an unknown kind of principal",
    "trust",
    { Statement: { ...trust, Principal: { Lambda: "x" } } },
    'Invalid principal in policy: {"Lambda":"x"}',
  ],
  [
    "an unknown condition operator",
    "identity",
    { Statement: { ...statement, Condition: { StringEqualz: { "aws:x": "y" } } } },
    "Invalid Condition type : StringEqualz.",
  ],
  [
    "a number that is none",
    "identity",
    { Statement: { ...statement, Condition: { NumericEquals: { "aws:x": "many" } } } },
    "Invalid value many for Condition NumericEquals.",
  ],
  [
    "two statements of one Sid",
    "identity",
    {
      Statement: [
        { ...statement, Sid: "A" },
        { ...statement, Sid: "A" },
      ],
    },
    "Statement IDs (SID) in a single policy must be unique: A",
  ],
];

describe("parsePolicy", () => {
  for (const [what, kind, policy, message] of refused)
    it(`refuses ${what} in ${kind === "trust" ? "a trust policy" : "an identity policy"}`, () => {
      const text = typeof policy === "string" ? policy : JSON.stringify(policy);
      expect(() => parsePolicy(text, kind))
        .to.throw(message)
        .with.property("code", "MalformedPolicyDocument");
    });

  it("reads what IAM takes", () => {
    const documents: [PolicyKind, object][] = [
      ["identity", { Version: "2012-10-17", Statement: [statement] }],
      ["identity", { Statement: { Effect: "Deny", NotAction: ["iam:*"], NotResource: ["*"] } }],
      ["trust", { Version: "2012-10-17", Id: "trust", Statement: trust }],
      ["resource", { Statement: { ...statement, Principal: { AWS: ["000000000000"] } } }],
      [
        "identity",
        {
          Version: "2012-10-17",
          Statement: {
            ...statement,
            Resource: "arn:aws:s3:::home/${aws:username}",
            Condition: {
              "ForAnyValue:StringLikeIfExists": { "aws:TagKeys": ["a*"] },
              Bool: { "aws:SecureTransport": false },
              Null: { "aws:TokenIssueTime": true },
            },
          },
        },
      ],
    ];
    for (const [kind, document] of documents)
      expect(parsePolicy(JSON.stringify(document), kind)).to.deep.equal(document);
  });
});
