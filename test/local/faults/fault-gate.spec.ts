import { expect } from "chai";
import { createFaultGate, type FaultGate } from "../../../local/faults/fault-gate.ts";
import { createFaultStore, type FaultStore } from "../../../local/faults/fault-store.ts";
import type { FaultRule } from "../../../local/faults/rule.ts";
import type { AwsCall } from "../../../local/wire/aws-call.ts";
import { AwsError } from "../../../local/wire/aws-error.ts";

const call: AwsCall = {
  service: "dynamodb",
  operation: "PutItem",
  protocol: "json-1.0",
  region: "us-east-1",
  accountId: "000000000000",
  accessKeyId: "test",
  roleArn: undefined,
  requestId: "request-1",
  request: {
    method: "POST",
    path: "/",
    query: new URLSearchParams(),
    headers: {},
    body: Buffer.from("{}"),
  },
};
const answer = { status: 200, headers: {}, body: "{}" };
const act = () => answer;
const error = { code: "DynamoDbException", status: 500, message: "Failing on purpose" };
/** Longer than any test may take: a test that passes has not waited for it. */
const anHourMs = 3_600_000;

function rule(effect: FaultRule["effect"], action = "outage"): FaultRule {
  const owner = { kind: "experiment", experimentId: "EXP1", action } as const;
  return { owner, match: { service: "dynamodb" }, probability: 1, effect };
}

async function rejection(promise: Promise<unknown> | undefined): Promise<unknown> {
  try {
    await promise;
  } catch (thrown) {
    return thrown;
  }
  return undefined;
}

describe("fault gate", () => {
  let store: FaultStore;
  let gate: FaultGate;
  let log: Record<string, unknown>[];

  beforeEach(() => {
    store = createFaultStore();
    log = [];
    gate = createFaultGate({ store, log: (entry) => log.push(entry), random: () => 0 });
  });

  it("costs no promise when there are no rules or none matches", () => {
    expect(gate.pass(call, act)).to.equal(undefined);
    store.replace("experiment/EXP1/outage", [rule({ error })]);
    expect(gate.pass({ ...call, service: "sqs" }, act)).to.equal(undefined);
    expect(log).to.be.empty;
  });

  it("rejects with the error of the rule and logs who fired it", async () => {
    store.replace("experiment/EXP1/outage", [rule({ error })]);
    const thrown = await rejection(gate.pass(call, act));
    expect(thrown).to.be.instanceOf(AwsError);
    expect(thrown).to.include({ code: error.code, status: 500, message: error.message });
    expect(log).to.deep.equal([
      {
        event: "fault-fired",
        effect: "error",
        service: "dynamodb",
        operation: "PutItem",
        region: "us-east-1",
        delayMs: 0,
        status: 500,
        code: "DynamoDbException",
        experimentId: "EXP1",
        action: "outage",
        requestId: "request-1",
      },
    ]);
  });

  it("waits and then fails when a rule says both", async () => {
    store.replace("experiment/EXP1/outage", [rule({ delay: { delayMs: 5 }, error })]);
    expect(await rejection(gate.pass(call, act))).to.include({ code: error.code });
    expect(log[0]).to.include({ delayMs: 5, code: error.code });
  });

  it("lets a call go on after a delay without error", async () => {
    store.replace("experiment/EXP1/outage", [rule({ delay: { delayMs: 5 } })]);
    expect(await gate.pass(call, act)).to.equal(answer);
    expect(log[0]).to.include({ delayMs: 5 }).and.not.have.property("code");
  });

  it("lets a waiting call go on, without its error, once the rule is taken away", async () => {
    store.replace("experiment/EXP1/outage", [rule({ delay: { delayMs: anHourMs }, error })]);
    const passing = gate.pass(call, act);
    store.remove("experiment/EXP1/outage");
    await passing;
    expect(log[0]).to.include({ delayEndedBy: "rule-removed" }).and.not.have.property("code");
  });

  it("lets a waiting call go on when all rules are cleared", async () => {
    store.replace("experiment/EXP1/outage", [rule({ delay: { delayMs: anHourMs }, error })]);
    const passing = gate.pass(call, act);
    store.clear();
    await passing;
  });

  it("keeps a call waiting for a rule that stays while others of its owner change", async () => {
    const slow = rule({ delay: { delayMs: 20 }, error });
    store.replace("experiment/EXP1/outage", [slow]);
    const passing = gate.pass(call, act);
    store.replace("experiment/EXP1/outage", [slow, rule({ error })]);
    expect(await rejection(passing)).to.include({ code: error.code });
    expect(log[0]).not.to.have.property("delayEndedBy");
  });

  it("applies the error of another owner when the first one is taken away", async () => {
    const other = { code: "Throttling", status: 400, message: "slow" };
    store.replace("experiment/EXP1/outage", [rule({ delay: { delayMs: anHourMs }, error })]);
    store.replace("experiment/EXP1/throttle", [rule({ error: other }, "throttle")]);
    const passing = gate.pass(call, act);
    store.remove("experiment/EXP1/outage");
    expect(await rejection(passing)).to.include({ code: "Throttling" });
  });

  it("stops waiting when the caller has gone", async () => {
    const caller = new AbortController();
    store.replace("experiment/EXP1/outage", [rule({ delay: { delayMs: anHourMs }, error })]);
    const passing = gate.pass(call, act, caller.signal);
    const reason = new Error("connection closed");
    caller.abort(reason);
    expect(await rejection(passing)).to.equal(reason);
    expect(log[0]).to.include({ delayEndedBy: "caller-gone" });
  });

  it("never faults a call to FIS", () => {
    const everything = { ...rule({ error }), match: {} };
    store.replace("experiment/EXP1/outage", [everything]);
    expect(gate.pass({ ...call, service: "fis" }, act)).to.equal(undefined);
  });

  it("names the rule of the Chaos API that fired", async () => {
    const posted = { service: "dynamodb" };
    const owner = { kind: "chaos-faults", rule: posted } as const;
    store.replace("chaos-faults", [{ ...rule({ error }), owner }]);
    await rejection(gate.pass(call, act));
    expect(log[0]).to.deep.include({ chaosRule: posted });
  });

  it("counts the faults of each owner", async () => {
    store.replace("experiment/EXP1/outage", [rule({ error })]);
    await rejection(gate.pass(call, act));
    await rejection(gate.pass(call, act));
    expect(gate.firedCounts.get("experiment/EXP1/outage")).to.equal(2);
  });

  it("counts for the last 1,000 owners only", async () => {
    for (let index = 0; index <= 1000; index++) {
      const action = `action-${String(index)}`;
      store.replace(`experiment/EXP1/${action}`, [rule({ error }, action)]);
      await rejection(gate.pass(call, act));
      store.remove(`experiment/EXP1/${action}`);
    }
    expect(gate.firedCounts).to.have.property("size", 1000);
    expect(gate.firedCounts.has("experiment/EXP1/action-0")).to.equal(false);
  });
});
