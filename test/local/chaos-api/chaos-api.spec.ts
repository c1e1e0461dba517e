import { expect } from "chai";
import { decide } from "../../../local/faults/decide.ts";
import { createFaultStore, type FaultStore } from "../../../local/faults/fault-store.ts";
import { handleChaosApi } from "../../../local/steps/chaos-api.ts";

const faults = "/_localstack/chaos/faults";
const effects = "/_localstack/chaos/effects";

describe("Chaos API", () => {
  let store: FaultStore;
  beforeEach(() => {
    store = createFaultStore();
  });

  function send(method: string, path: string, body?: unknown) {
    const text = typeof body === "string" ? body : JSON.stringify(body ?? "");
    const answer = handleChaosApi(
      {
        method,
        path,
        query: new URLSearchParams(),
        headers: {},
        body: Buffer.from(body === undefined ? "" : text),
      },
      { store },
    );
    return (
      answer && {
        status: answer.status,
        headers: answer.headers,
        body: JSON.parse(String(answer.body)) as unknown,
      }
    );
  }

  const ruleNumber = (index: number) => ({ service: "sqs", description: String(index) });
  it("takes thousands of rules in a time that grows with their number only", () => {
    const rules = Array.from({ length: 10_000 }, (_, index) => ruleNumber(index));
    const beganMs = performance.now();
    expect(send("POST", faults, rules)?.status).to.equal(200);
    expect(send("DELETE", faults, rules)?.body).to.deep.equal([]);
    expect(performance.now() - beganMs).to.be.below(2_000);
  });

  it("refuses more than 10,000 rules, at once or added", () => {
    const rules = Array.from({ length: 10_001 }, (_, index) => ruleNumber(index));
    expect(send("POST", faults, rules)?.status).to.equal(400);
    send("POST", faults, rules.slice(1));
    expect(send("PATCH", faults, rules.slice(0, 1))?.body).to.deep.equal({
      message: "There would be 10001 rules; 10000 is the most.",
    });
  });

  it("knows a rule in whatever order its members come", () => {
    const [rule, turned] = [
      '{"service":"sqs","error":{"code":"A","statusCode":500}}',
      '{"error":{"statusCode":500,"code":"A"},"service":"sqs"}',
    ];
    expect(send("POST", faults, `[${rule},${turned}]`)?.status).to.equal(400);
    send("POST", faults, `[${rule}]`);
    expect(send("DELETE", faults, `[${turned}]`)?.body).to.deep.equal([]);
  });

  function verdictOf(service: string, operation = "PutItem", region = "us-east-1") {
    const call = { service, operation, region, roleArn: undefined, requestId: "request-1" };
    const effects = decide(store.rules, call, () => 0.5).map(({ rule }) => rule.effect);
    const error = effects.find((each) => each.error)?.error;
    return {
      delayMs: effects.reduce((sum, { delay }) => sum + (delay?.delayMs ?? 0), 0),
      ...(error && { error }),
    };
  }

  it("leaves other paths to others", () => {
    expect(send("GET", "/_localstack/health")).to.equal(undefined);
    expect(send("GET", "/_localstack/chaos/constructor")).to.equal(undefined);
  });

  it("starts without faults and without latency", () => {
    expect(send("GET", faults)).to.deep.include({ status: 200, body: [] });
    expect(send("GET", effects)).to.deep.include({ status: 200, body: { latency: 0 } });
  });

  it("fails everything with 503 ServiceUnavailable for an empty rule", () => {
    expect(send("POST", faults, [{}])).to.deep.include({ status: 200, body: [{}] });
    expect(verdictOf("anything").error).to.deep.equal({
      status: 503,
      code: "ServiceUnavailable",
      message: "Operation failed due to a simulated fault",
    });
  });

  it("answers the rules as they were posted", () => {
    const rules = [
      {
        region: "us-east-1",
        service: "dynamodb",
        operation: "PutItem",
        probability: 0.6,
        error: { statusCode: 400, code: "ProvisionedThroughputExceededException" },
        description: "reads still work",
      },
      { service: "lambda" },
    ];
    expect(send("POST", faults, rules)).to.deep.include({ status: 200, body: rules });
    expect(send("GET", faults)).to.deep.include({ body: rules });
    expect(verdictOf("dynamodb").error).to.include({ status: 400 });
    expect(verdictOf("dynamodb", "GetItem").error).to.equal(undefined);
    expect(verdictOf("dynamodb", "PutItem", "eu-west-1").error).to.equal(undefined);
    expect(verdictOf("lambda", "Invoke").error).to.include({ status: 503 });
  });

  it("takes SDK names of services in any case of letters", () => {
    send("POST", faults, [{ service: "StepFunctions" }]);
    expect(verdictOf("states").error).to.include({ status: 503 });
  });

  it("replaces all rules with POST and turns faults off with an empty list", () => {
    send("POST", faults, [{ service: "s3" }]);
    send("POST", faults, [{ service: "sqs" }]);
    expect(send("GET", faults)?.body).to.deep.equal([{ service: "sqs" }]);
    expect(send("POST", faults, [])).to.deep.include({ status: 200, body: [] });
    expect(store.rules).to.be.empty;
  });

  it("appends with PATCH, so that earlier rules still decide first", () => {
    send("POST", faults, [{ service: "sqs", error: { code: "First" } }]);
    const added = [{ service: "sqs", error: { code: "Second" } }, { service: "sns" }];
    expect(send("PATCH", faults, added)?.body).to.have.length(3);
    expect(verdictOf("sqs").error).to.include({ code: "First" });
    expect(verdictOf("sns").error).to.include({ code: "ServiceUnavailable" });
  });

  it("removes exactly the rules that are equal with DELETE and answers the rest", () => {
    send("POST", faults, [{ service: "sqs" }, { service: "sqs", probability: 1 }]);
    expect(send("DELETE", faults, [{ service: "sqs" }])).to.deep.include({
      status: 200,
      body: [{ service: "sqs", probability: 1 }],
    });
  });

  it("delays every call by the latency, and no more once it is 0", () => {
    expect(send("POST", effects, { latency: 250 })).to.deep.include({
      status: 200,
      body: { latency: 250 },
    });
    expect(verdictOf("s3")).to.include({ delayMs: 250 }).and.not.have.property("error");
    send("POST", effects, { latency: 0 });
    expect(store.rules).to.be.empty;
  });

  it("adds the latency to the faults", () => {
    send("POST", faults, [{}]);
    send("POST", effects, { latency: 250 });
    expect(verdictOf("s3").delayMs).to.equal(250);
    expect(verdictOf("s3").error).to.include({ status: 503 });
  });

  it("answers 405 with what is allowed for other methods", () => {
    const put = send("PUT", faults, []);
    expect(put).to.deep.include({ status: 405 });
    expect(put?.headers).to.include({ allow: "GET, POST, PATCH, DELETE" });
    expect(send("DELETE", effects)?.headers).to.include({ allow: "GET, POST" });
  });

  const refused: [method: string, path: string, body: unknown, message: string][] = [
    ["POST", faults, "[{", "The request body is not valid JSON."],
    ["POST", faults, {}, "rules must be an array, not {}."],
    [
      "POST",
      faults,
      [{}, { region: "us east" }],
      'rules[1].region must match /^[a-zA-Z0-9-]+$/, not "us east".',
    ],
    ["POST", faults, [{ service: "" }], 'rules[0].service must match /^[a-zA-Z0-9-_]+$/, not "".'],
    [
      "PATCH",
      faults,
      [{ operation: "Put*" }],
      'rules[0].operation must match /^[a-zA-Z]+$/, not "Put*".',
    ],
    ["PATCH", faults, [{ probability: 2 }], "rules[0].probability must be at most 1, not 2."],
    ["PATCH", faults, [{ probability: "1" }], 'rules[0].probability must be a number, not "1".'],
    [
      "POST",
      faults,
      [{ error: { statusCode: 200 } }],
      "rules[0].error.statusCode must be at least 400, not 200.",
    ],
    [
      "POST",
      faults,
      [{ error: { statusCode: 500.5 } }],
      "rules[0].error.statusCode must be a whole number, not 500.5.",
    ],
    [
      "POST",
      faults,
      [{ error: { code: "A.B" } }],
      'rules[0].error.code must match /^[a-zA-Z0-9]+$/, not "A.B".',
    ],
    [
      "POST",
      faults,
      [{ error: { text: "" } }],
      "rules[0].error has a member that is not known: text.",
    ],
    ["POST", faults, [{ sevice: "s3" }], "rules[0] has a member that is not known: sevice."],
    [
      "POST",
      faults,
      [{ description: "x".repeat(8193) }],
      "rules[0].description must have at most 8192 characters, not 8193.",
    ],
    [
      "POST",
      faults,
      [{ service: "s3" }, { service: "s3" }],
      "rules[1] is there more than once; rules of a list must differ.",
    ],
    ["DELETE", faults, [null], "rules[0] must be an object, not null."],
    ["POST", effects, {}, "latency is missing."],
    ["POST", effects, { latency: -1 }, "latency must be at least 0, not -1."],
    ["POST", effects, { latency: 1.5 }, "latency must be a whole number, not 1.5."],
    [
      "POST",
      effects,
      { latency: 1, jitter: 2 },
      "The request body has a member that is not known: jitter.",
    ],
  ];
  for (const [method, path, body, message] of refused)
    it(`refuses ${method} ${JSON.stringify(body).slice(0, 60)} and changes nothing`, () => {
      send("POST", faults, [{ service: "kept" }]);
      send("POST", effects, { latency: 7 });
      expect(send(method, path, body)).to.deep.include({ status: 400, body: { message } });
      expect(send("GET", faults)?.body).to.deep.equal([{ service: "kept" }]);
      expect(send("GET", effects)?.body).to.deep.equal({ latency: 7 });
    });
});
