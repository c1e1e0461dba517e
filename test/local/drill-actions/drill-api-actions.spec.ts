import { DynamoDBClient, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetActionCommand, ListActionsCommand } from "@aws-sdk/client-fis";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";
import { startDrillActions, type StartedCloud } from "./start-drill-actions.ts";

interface Met {
  readonly action: string;
  readonly effect: string;
  /** Whether the service acts. */
  readonly acts: boolean;
  readonly parameters?: Record<string, string>;
  /** What the client's error includes, by service. */
  error(service: string): Record<string, unknown>;
}

const reset = { code: "ECONNRESET" };
const metBy: readonly Met[] = [
  { action: "connection-reset", effect: "connection-reset", acts: false, error: () => reset },
  { action: "lost-response", effect: "lost-response", acts: true, error: () => reset },
  { action: "truncated-response", effect: "truncated", acts: true, error: () => reset },
  {
    action: "unparsable-response",
    effect: "unparsable",
    acts: false,
    // The SDK reads no more than the status of a page in a service of XML.
    error: (service) => ({ name: service === "sns" ? "Unknown" : "SyntaxError" }),
  },
  {
    action: "error",
    effect: "service-error",
    acts: false,
    parameters: { failure: "internal", exception: "Oops", errorCode: "502", message: "As told." },
    error: () => ({ name: "Oops", message: "As told." }),
  },
];
const serviceNames = ["dynamodb", "sqs", "sns"];
/** What a client of the SDK makes by itself. */
const attemptsOf: Record<string, number> = { dynamodb: 4, sqs: 3, sns: 3 };

describe("The actions outage-drill:api:", () => {
  let cloud: StartedCloud;
  beforeEach(async () => {
    cloud = await startDrillActions();
  });
  afterEach(() => cloud.close());

  for (const { action, effect, acts, error, parameters } of metBy)
    for (const name of serviceNames) {
      const inject = (more: Record<string, string> = {}) =>
        cloud.inject(`outage-drill:api:${action}`, { service: name, ...parameters, ...more });

      it(`${action} hits ${name}, which ${acts ? "acts" : "does not act"}, until it is stopped`, async () => {
        const { write, written, operation } = cloud.service(name);
        const id = await inject({ operations: operation });
        expect(await failureOf(write("once", 1))).to.include(error(name));
        expect(await written("once")).to.equal(acts ? 1 : 0);
        expect(cloud.fired()).to.have.length(1);
        expect(cloud.fired()[0]).to.include({ effect, service: name, operation, experimentId: id });
        await cloud.stop(id);
        await write("after", 1);
        expect(await written("after")).to.equal(1);
      });

      it(`${action} is met by every attempt of a client of ${name}`, async () => {
        const { write, operation } = cloud.service(name);
        await inject({ operations: operation });
        expect(await failureOf(write("again"))).to.include(error(name));
        expect(cloud.fired()).to.have.length(attemptsOf[name] ?? 0);
      });

      it(`${action} spares other operations of ${name} and ends with its duration`, async () => {
        const { write, written, operation } = cloud.service(name);
        await inject({ operations: operation, duration: "PT0.3S" });
        expect(await written("none")).to.equal(0);
        await untilMet("The end of the fault", () =>
          write("late", 1).then(
            () => true,
            () => undefined,
          ),
        );
        expect(await written("late")).to.be.greaterThan(0);
      });
    }

  it("unparsable-response answers the status that it is told, with a page", async () => {
    await cloud.inject("outage-drill:api:unparsable-response", {
      service: "all",
      errorCode: "502",
    });
    const response = await fetch(cloud.endpoint, {
      method: "POST",
      headers: { "x-amz-target": "DynamoDB_20120810.ListTables" },
      body: "{}",
    });
    expect(response.status).to.equal(502);
    expect(response.headers.get("content-type")).to.equal("text/html");
    expect(await response.text()).to.contain("<h1>502 Bad Gateway</h1>");
  });

  it("truncated-response also cuts the errors that a service answers by itself", async () => {
    await cloud.inject("outage-drill:api:truncated-response", { service: "dynamodb" });
    const client = cloud.keep(new DynamoDBClient(cloud.settings));
    const put = new PutItemCommand({ TableName: "None", Item: { id: { S: "1" } } });
    expect(await failureOf(client.send(put))).to.include({ code: "ECONNRESET" });
  });

  it("delay lets the service act late, and at once when it is stopped", async () => {
    const { write, written } = cloud.service("dynamodb");
    const id = await cloud.inject("outage-drill:api:delay", {
      service: "dynamodb",
      operations: "PutItem",
      delayMilliseconds: "3600000",
    });
    const writing = write("late", 1);
    const reading = written("late");
    expect(await reading).to.equal(0);
    await cloud.stop(id);
    await writing;
    expect(await written("late")).to.equal(1);
    expect(cloud.fired()[0]).to.include({ effect: "delay", delayEndedBy: "rule-removed" });
  });

  for (const name of serviceNames) {
    it(`hang leaves a call to ${name} without an answer until it is stopped, and resets it`, async () => {
      const { write, written, operation } = cloud.service(name);
      const id = await cloud.inject("outage-drill:api:hang", {
        service: name,
        operations: operation,
      });
      const writing = failureOf(write("hung", 1));
      await untilMet("The fault", () => Promise.resolve(cloud.fired()[0]));
      await cloud.stop(id);
      expect(await writing).to.include({ code: "ECONNRESET" });
      expect(await written("hung")).to.equal(0);
      expect(cloud.fired()[0]).to.include({ effect: "hang" });
      await write("after", 1);
    });
  }

  it("hang ends for a caller who gives up, and then does not act", async () => {
    await cloud.inject("outage-drill:api:hang", { service: "dynamodb", operations: "PutItem" });
    const client = cloud.keep(new DynamoDBClient(cloud.settings));
    const patience = new AbortController();
    const put = new PutItemCommand({ TableName: "Products", Item: { id: { S: "left" } } });
    const writing = failureOf(client.send(put, { abortSignal: patience.signal }));
    await untilMet("The fault", () => Promise.resolve(cloud.fired()[0]));
    patience.abort();
    expect(await writing).to.include({ name: "AbortError" });
    expect(await cloud.service("dynamodb").written("left")).to.equal(0);
  });

  it("hang lets a cloud close", async () => {
    await cloud.inject("outage-drill:api:hang", { service: "dynamodb", operations: "PutItem" });
    const writing = failureOf(cloud.service("dynamodb").write("left", 1));
    await untilMet("The fault", () => Promise.resolve(cloud.fired()[0]));
    await cloud.close();
    expect(await writing).to.include({ code: "ECONNRESET" });
    cloud = await startDrillActions();
  });

  it("are listed and described, and hidden with LocalStack's", async () => {
    const ids = (await cloud.fis.send(new ListActionsCommand({ maxResults: 100 }))).actions
      ?.map(({ id = "" }) => id)
      .filter((id) => id.startsWith("outage-drill:"));
    expect(ids).to.deep.equal([
      "outage-drill:api:connection-reset",
      "outage-drill:api:delay",
      "outage-drill:api:error",
      "outage-drill:api:hang",
      "outage-drill:api:lost-response",
      "outage-drill:api:truncated-response",
      "outage-drill:api:unparsable-response",
      "outage-drill:lambda:invocation-error",
    ]);
    for (const id of ids ?? []) {
      const { action } = await cloud.fis.send(new GetActionCommand({ id }));
      expect(action?.parameters, id).to.include.keys("percentage", "duration", "seed");
      expect(action?.targets, id).to.deep.equal({});
    }
    const strict = await startDrillActions({ localstackActions: false });
    try {
      const { actions } = await strict.fis.send(new ListActionsCommand({ maxResults: 100 }));
      expect(actions?.filter(({ id }) => id?.startsWith("outage-drill:"))).to.be.empty;
    } finally {
      await strict.close();
    }
  });

  const refused: [string, Record<string, string>, RegExp][] = [
    ["hang", {}, /parameter service is missing/],
    ["hang", { service: "sqs", percentage: "0" }, /percentage must be a number from 1 to 100/],
    ["hang", { service: "sqs", duration: "1 minute" }, /duration must be an ISO 8601 duration/],
    ["hang", { service: "sqs", seed: "" }, /seed is empty/],
    ["error", { service: "sqs", failure: "down" }, /failure must be one of internal, unavailable/],
    ["error", { service: "sqs" }, /parameter failure is missing/],
    ["unparsable-response", { service: "sqs", errorCode: "200" }, /errorCode must be/],
    ["delay", { service: "sqs", delayMilliseconds: "0" }, /delayMilliseconds must be/],
  ];
  for (const [action, parameters, message] of refused)
    it(`${action} refuses ${JSON.stringify(parameters)}`, async () => {
      const error = await failureOf(cloud.inject(`outage-drill:api:${action}`, parameters));
      expect(error.name).to.equal("ValidationException");
      expect(error.message).to.match(message);
    });
});
