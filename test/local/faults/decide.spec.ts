import { expect } from "chai";
import fc from "fast-check";
import { decide, type FaultCall } from "../../../local/faults/decide.ts";
import type { FaultRule, RuleOwner } from "../../../local/faults/rule.ts";

const call: FaultCall = {
  service: "dynamodb",
  operation: "PutItem",
  region: "us-east-1",
  roleArn: "arn:aws:iam::000000000000:role/add-product",
};
const error = { code: "DynamoDbException", status: 500, message: "no" };
const otherError = { code: "Throttling", status: 400, message: "slow" };
const always = () => 0;

const experiment = (action: string): RuleOwner => ({
  kind: "experiment",
  experimentId: "EXP1",
  action,
});
const chaosFaults: RuleOwner = { kind: "chaos-faults", rule: {} };

function rule(part: Partial<FaultRule> = {}): FaultRule {
  return { owner: experiment("a"), match: {}, probability: 1, effect: { error }, ...part };
}

describe("decide", () => {
  it("lets a call pass when there are no rules", () => {
    expect(decide([], call, always)).to.be.empty;
  });

  it("fails a call that a rule without conditions hits", () => {
    const hit = rule();
    expect(decide([hit], call, always)).to.deep.equal([{ rule: hit, choice: 0 }]);
  });

  const matches: [string, FaultRule["match"], boolean][] = [
    ["its service", { service: "dynamodb" }, true],
    ["another service", { service: "sqs" }, false],
    ["its region", { region: "us-east-1" }, true],
    ["another region", { region: "eu-west-1" }, false],
    ["its operation among others", { operations: ["GetItem", "PutItem"] }, true],
    ["its operation in other letters", { operations: ["putitem"] }, true],
    ["another operation", { operations: ["GetItem"] }, false],
    ["no operation at all", { operations: [] }, false],
    ["its role", { roleArns: [call.roleArn ?? ""] }, true],
    ["another role", { roleArns: ["arn:aws:iam::000000000000:role/other"] }, false],
    ["its service in another region", { service: "dynamodb", region: "eu-west-1" }, false],
  ];
  for (const [name, match, hits] of matches)
    it(`${hits ? "hits" : "spares"} a call with a rule for ${name}`, () => {
      expect(decide([rule({ match })], call, always)).to.have.length(hits ? 1 : 0);
    });

  it("spares a call of unknown role when a rule is for roles", () => {
    const match = { roleArns: [call.roleArn ?? ""] };
    const verdict = decide([rule({ match })], { ...call, roleArn: undefined }, always);
    expect(verdict).to.be.empty;
  });

  it("fires when the dice fall below the probability, and only then", () => {
    const half = rule({ probability: 0.5 });
    expect(decide([half], call, () => 0.49)).to.have.length(1);
    expect(decide([half], call, () => 0.5)).to.be.empty;
  });

  it("never fires at probability 0 and always at 1, whatever the dice", () => {
    const dice = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(dice, (roll) => {
        expect(decide([rule({ probability: 0 })], call, () => roll)).to.be.empty;
        expect(decide([rule({ probability: 1 })], call, () => roll)).to.have.length(1);
      }),
    );
  });

  it("lets the first rule of an owner that matches decide", () => {
    const spares = rule({ owner: chaosFaults, match: { service: "sqs" } });
    const first = rule({ owner: chaosFaults });
    const second = rule({ owner: chaosFaults, effect: { error: otherError } });
    expect(decide([spares, first, second], call, always)[0]?.rule).to.equal(first);
  });

  it("does not go on to the next rule of an owner when the first lost its roll", () => {
    const first = rule({ owner: chaosFaults, probability: 0.5 });
    const second = rule({ owner: chaosFaults });
    expect(decide([first, second], call, () => 0.9)).to.be.empty;
  });

  it("fires one rule of each owner, in order", () => {
    const rules = [
      rule({ owner: { kind: "chaos-effects" }, effect: { delay: { delayMs: 100 } } }),
      rule({ owner: experiment("slow"), effect: { delay: { delayMs: 4000 }, error: otherError } }),
      rule({ owner: experiment("down"), effect: { error } }),
    ];
    expect(decide(rules, call, always).map((each) => each.rule)).to.deep.equal(rules);
  });

  it("chooses evenly among what an effect can do, whatever the probability", () => {
    const choices = [0, 0.125, 0.25, 0.375].map(
      (roll) => decide([rule({ probability: 0.5 })], call, () => roll)[0]?.choice,
    );
    expect(choices).to.deep.equal([0, 0.25, 0.5, 0.75]);
  });

  it("rolls once for each owner whose rule matches, and for no other", () => {
    const spares = rule({ owner: experiment("other"), match: { service: "sqs" } });
    const asked: FaultRule[] = [];
    const [first, second] = [rule({ owner: chaosFaults }), rule()];
    decide([spares, first, rule({ owner: chaosFaults }), second], call, (each) => {
      asked.push(each);
      return 0;
    });
    expect(asked).to.deep.equal([first, second]);
  });
});
