import { connect } from "node:net";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import type { Log } from "../../../local/log.ts";
import { untilMet } from "../../support/until-met.ts";
import { type RawAnswer, sendRaw } from "./support/send-raw.ts";
import { type RawRequest, validRequests } from "./support/valid-requests.ts";

describe("bad input to the embedded cloud", () => {
  let cloud: Cloud;
  const entries: Parameters<Log>[0][] = [];
  beforeEach(async () => {
    entries.length = 0;
    cloud = await startCloud({ log: (entry) => entries.push(entry) });
  });
  afterEach(() => cloud.close());

  const send = (request: RawRequest): Promise<RawAnswer> => sendRaw(cloud.endpoint, request);
  const isServing = async (): Promise<void> => {
    expect((await fetch(`${cloud.endpoint}/_localstack/health`)).status).to.equal(200);
    expect(entries.filter(({ event }) => event === "internal-failure")).to.deep.equal([]);
  };

  /** The first valid request of a service whose target or path has this in it. */
  function requestOf(part: string): RawRequest {
    const found = validRequests.find(({ headers, path, body }) =>
      `${headers["x-amz-target"] ?? ""} ${path} ${body}`.includes(part),
    );
    if (!found) throw new Error(`No request of ${part}.`);
    return found;
  }

  describe("malformed JSON is refused in the service's own wire form", () => {
    const json = { PutItem: "1.0", SendMessage: "1.0", CreateLogGroup: "1.1" };
    for (const [operation, version] of Object.entries(json))
      for (const body of ["{", "[]", "null", '"text"', "\u00ff\u00fe\u0000"])
        it(`${operation} ${JSON.stringify(body)}`, async () => {
          const answer = await send({ ...requestOf(operation), body });
          expect(answer.status).to.equal(400);
          expect(answer.headers["content-type"]).to.equal(`application/x-amz-json-${version}`);
          expect(answer.headers["x-amzn-requestid"]).to.be.a("string");
          const { __type: type } = JSON.parse(answer.body) as { __type: string };
          expect(type.split("#").at(-1)).to.equal("SerializationException");
          await isServing();
        });

    const rest = {
      "/2015-03-31/functions": "InvalidRequestContentException",
      "/experimentTemplates": "SerializationException",
      "/restapis": "SerializationException",
    };
    for (const [path, code] of Object.entries(rest))
      it(path, async () => {
        const answer = await send({ ...requestOf(` ${path} `), body: '{"name":' });
        expect(answer.status).to.equal(400);
        expect(answer.headers["x-amzn-errortype"]).to.equal(code);
        expect((JSON.parse(answer.body) as { message: string }).message).to.include("JSON");
        await isServing();
      });

    it("SNS, whose form cannot be malformed but can be of nothing", async () => {
      const answer = await send({ ...requestOf("Action=Publish&"), body: "%%%\u0000&=&Action" });
      expect(answer.status).to.equal(400);
      expect(answer.headers["content-type"]).to.equal("text/xml");
      expect(answer.body).to.include("<Code>InvalidAction</Code>");
    });

    it("the Chaos API", async () => {
      const answer = await send({ ...requestOf("/_localstack/chaos/faults"), body: "{" });
      expect(answer.status).to.equal(400);
    });
  });

  it("refuses JSON that nests too deep, in every service", async () => {
    const deep = `{"a":${"[".repeat(50_000)}${"]".repeat(50_000)}}`;
    const parts = [
      "PutItem",
      "SendMessage",
      "PutLogEvents",
      " /experimentTemplates ",
      " /restapis ",
    ];
    for (const part of parts) {
      const answer = await send({ ...requestOf(part), body: deep });
      expect(answer.status, part).to.equal(400);
      expect(answer.body, part).to.include("nests too deep");
    }
    await isServing();
  });

  it("answers 404 or 405 in JSON for paths and methods of no service", async () => {
    for (const [method, path] of [
      ["GET", "/nothing/here"],
      ["DELETE", "/_localstack/chaos/faults/1"],
      ["PATCH", "/_localstack/health"],
      ["PUT", "/"],
    ] as const) {
      const answer = await send({ method, path, headers: {}, body: "" });
      expect(answer.status, path).to.be.oneOf([403, 404, 405]);
    }
    await isServing();
  });

  it("refuses a body over 16 MB to DynamoDB and one over 70 MB to anyone with 413", async () => {
    const { headers } = requestOf("PutItem");
    const post = (bytes: number) =>
      fetch(cloud.endpoint, {
        method: "POST",
        headers: { ...headers },
        body: Buffer.alloc(bytes, "a"),
      });
    expect((await post(17 * 1024 * 1024)).status).to.equal(413);
    expect((await post(71 * 1024 * 1024)).status).to.equal(413);
    await isServing();
  });

  it("does nothing for a request whose body never comes whole", async () => {
    const { headers, body } = requestOf("CreateQueue");
    const { port } = new URL(cloud.endpoint);
    const socket = connect(Number(port), "127.0.0.1");
    const head = Object.entries({ ...headers, "content-length": String(body.length + 10) })
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("");
    socket.write(`POST / HTTP/1.1\r\nhost: localhost\r\n${head}\r\n${body}`);
    await new Promise((resolve) => socket.once("connect", resolve));
    socket.destroy();
    const list = await send(requestOf("ListQueues"));
    expect(JSON.parse(list.body)).to.deep.equal({});
    await isServing();
  });

  it("answers 400 to what is not HTTP and closes the connection", async () => {
    for (const bytes of [
      "\u0000\u0001\u0002\r\n\r\n",
      "GET / HTTP/9.9\r\n\r\n",
      "\r\n\r\nNO\r\n\r\n",
    ]) {
      const socket = connect(Number(new URL(cloud.endpoint).port), "127.0.0.1");
      let answer = "";
      socket.on("data", (chunk) => (answer += chunk.toString()));
      socket.write(bytes);
      await new Promise((resolve) => socket.once("close", resolve));
      expect(answer).to.match(/^HTTP\/1.1 400 /);
    }
    await isServing();
  });

  it("ends a wait of a client that has gone", async () => {
    const wait = { ...requestOf("ReceiveMessage") };
    await send(requestOf("CreateQueue"));
    const gone = new AbortController();
    await fetch(`${cloud.endpoint}/_localstack/chaos/effects`, {
      method: "POST",
      body: '{"latency":60000}',
    });
    const waiting = fetch(cloud.endpoint, {
      method: "POST",
      headers: { ...wait.headers },
      body: wait.body,
      signal: gone.signal,
    }).catch(() => undefined);
    setTimeout(() => {
      gone.abort();
    }, 100);
    await waiting;
    const fired = await untilMet("The log entry of the fault", () =>
      Promise.resolve(entries.find(({ event }) => event === "fault-fired")),
    );
    expect(fired["delayEndedBy"]).to.equal("caller-gone");
  });

  describe("names that every JavaScript object has", () => {
    const names = ["constructor", "toString", "hasOwnProperty", "valueOf", "__defineGetter__"];

    it("are no operations", async () => {
      for (const name of [...names, "__proto__"])
        for (const part of ["PutItem", "SendMessage", "CreateLogGroup"]) {
          const request = requestOf(part);
          const target = (request.headers["x-amz-target"] ?? "").replace(/\.\w+$/, `.${name}`);
          const answer = await send({
            ...request,
            headers: { ...request.headers, "x-amz-target": target },
          });
          expect(answer.status).to.equal(400);
          expect(answer.headers["x-amzn-errortype"]).to.equal("UnknownOperationException");
        }
      for (const name of names) {
        const answer = await send({ ...requestOf("Action=Publish&"), body: `Action=${name}` });
        expect(answer.body).to.include("<Code>InvalidAction</Code>");
      }
    });

    it("are queues, tables and attributes like any others", async () => {
      for (const name of names) {
        const queue = { ...requestOf("CreateQueue"), body: JSON.stringify({ QueueName: name }) };
        expect((await send(queue)).status, name).to.equal(200);
        const table = requestOf("CreateTable");
        expect(
          (
            await send({
              ...table,
              body: table.body.replaceAll("spoiled", name).replaceAll('"id"', `"${name}"`),
            })
          ).status,
          name,
        ).to.equal(200);
        const Item = { [name]: { S: name }, other: { S: "x" } };
        const put = { ...requestOf("PutItem"), body: JSON.stringify({ TableName: name, Item }) };
        expect((await send(put)).status, name).to.equal(200);
        const get = {
          ...requestOf("GetItem"),
          body: JSON.stringify({ TableName: name, Key: { [name]: { S: name } } }),
        };
        expect(JSON.parse((await send(get)).body), name).to.deep.equal({ Item });
      }
    });

    it("but __proto__ is refused as a name in DynamoDB, which would lose it, and kept as a value", async () => {
      await send(requestOf("CreateTable"));
      for (const item of [
        '{"id":{"S":"1"},"__proto__":{"S":"x"}}',
        '{"id":{"S":"1"},"\\u005f_proto__":{"S":"x"}}',
      ]) {
        const body = `{"TableName":"spoiled","Item":${item}}`;
        const answer = await send({ ...requestOf("PutItem"), body });
        expect(answer.status).to.equal(400);
        expect(answer.body).to.include("__proto__");
      }
      const body = '{"TableName":"spoiled","Item":{"id":{"S":"__proto__"}}}';
      expect((await send({ ...requestOf("PutItem"), body })).status).to.equal(200);
    });
  });

  describe("null where a list or map must not hold it", () => {
    const bodies: readonly [string, string][] = [
      ["PutItem", '{"TableName":"spoiled","Item":{"id":{"S":"1"},"l":{"L":[null]}}}'],
      ["PutItem", '{"TableName":"spoiled","Item":{"id":null}}'],
      ["BatchWriteItem", '{"RequestItems":{"spoiled":[null]}}'],
      ["BatchWriteItem", '{"RequestItems":{"spoiled":[{"PutRequest":{}}]}}'],
      ["CreateTable", '{"TableName":"other","KeySchema":[null],"AttributeDefinitions":[null]}'],
      [
        "TagResource",
        '{"ResourceArn":"arn:aws:dynamodb:us-east-1:000000000000:table/spoiled","Tags":[{"Key":"a"}]}',
      ],
      ["UpdateTable", '{"TableName":"spoiled","GlobalSecondaryIndexUpdates":[null]}'],
    ];
    for (const [operation, body] of bodies)
      it(`${operation} ${body}`, async () => {
        await send(requestOf("CreateTable"));
        const answer = await send({ ...requestOf(`.${operation} `), body });
        expect(answer.status).to.equal(400);
        expect(answer.headers["x-amzn-errortype"] ?? answer.body).to.match(
          /(Validation|Serialization)Exception/,
        );
        // The table is not left locked.
        expect((await send(requestOf("PutItem"))).status).to.equal(200);
        await isServing();
      });
  });
});
