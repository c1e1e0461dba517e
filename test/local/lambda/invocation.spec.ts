import {
  InvokeCommand,
  PutFunctionConcurrencyCommand,
  type TooManyRequestsException,
} from "@aws-sdk/client-lambda";
import { CloudWatchLogsClient, FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { untilMet } from "../../support/until-met.ts";
import { type StartedLambda, startLambda, zipOf } from "./start-lambda.ts";

describe("Lambda invocations", () => {
  let cloud: StartedLambda;
  before(async () => (cloud = await startLambda()));
  after(() => cloud.close());

  const handler = (body: string): string => `export const handler = ${body};`;

  const answers: readonly [string, string, unknown][] = [
    ["a synchronous handler", "(event) => ({ got: event.a })", { got: 1 }],
    ["an asynchronous handler", "async (event) => event.a + 1", 2],
    ["nothing", "() => undefined", null],
    ["the context", "(_, context) => context.functionVersion", "$LATEST"],
  ];
  for (const [what, body, expected] of answers)
    it(`answer ${what}`, async () => {
      const name = await cloud.create(handler(body));
      const { payload, functionError } = await cloud.invoke(name, { a: 1 });
      expect(functionError).to.equal(undefined);
      expect(payload).to.deep.equal(expected);
    });

  it("run a CommonJS module too", async () => {
    const name = await cloud.create("", {
      Code: { ZipFile: zipOf("exports.handler = async () => 'cjs';", "index.cjs") },
    });
    expect((await cloud.invoke(name)).payload).to.equal("cjs");
  });

  it("reuse a warm environment, one event at a time, and start more under load", async () => {
    const name = await cloud.create(
      `let events = 0; const id = Math.random(); let running = 0;
       export const handler = async ({ ms }) => {
         if (++running > 1) throw new Error("two at a time");
         await new Promise((resolve) => setTimeout(resolve, ms));
         running--;
         return { id, events: ++events };
       };`,
      { Timeout: 10 },
    );
    const first = (await cloud.invoke(name, { ms: 0 })).payload as { id: number };
    const second = (await cloud.invoke(name, { ms: 0 })).payload;
    expect(second).to.deep.equal({ id: first.id, events: 2 });
    const results = await Promise.all(
      Array.from({ length: 8 }, () => cloud.invoke(name, { ms: 200 })),
    );
    expect(results.filter(({ functionError }) => functionError)).to.deep.equal([]);
    const ids = results.map(({ payload }) => (payload as { id: number }).id);
    expect(new Set(ids).size).to.be.greaterThan(1);
  });

  it("see variables of their own and of Lambda, and none of the host", async () => {
    process.env["OF_THE_HOST"] = "secret";
    try {
      const name = await cloud.create(handler("() => process.env"), {
        Environment: { Variables: { MINE: "1" } },
      });
      const variables = (await cloud.invoke(name)).payload as Record<string, string>;
      expect(variables).to.include({
        MINE: "1",
        AWS_REGION: "us-east-1",
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_ENDPOINT_URL: cloud.endpoint,
      });
      expect(variables).not.to.have.any.keys("OF_THE_HOST", "PATH", "HOME", "AWS_PROFILE");
      expect(Object.keys(variables).filter((key) => /proxy/i.test(key))).to.deep.equal([]);
    } finally {
      delete process.env["OF_THE_HOST"];
    }
  });

  it("see no variable that would lead their calls elsewhere", async () => {
    const elsewhere = "http://127.0.0.1:9";
    const leading = {
      AWS_ENDPOINT_URL: elsewhere,
      AWS_ENDPOINT_URL_DYNAMODB: elsewhere,
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
      AWS_PROFILE: "real",
      AWS_CONFIG_FILE: "/root/.aws/config",
      AWS_SHARED_CREDENTIALS_FILE: "/root/.aws/credentials",
      AWS_CONTAINER_CREDENTIALS_FULL_URI: elsewhere,
      AWS_ROLE_ARN: "arn:aws:iam::000000000000:role/other",
      HTTP_PROXY: elsewhere,
      https_proxy: elsewhere,
      NODE_USE_ENV_PROXY: "1",
      NODE_OPTIONS: "--use-env-proxy --enable-source-maps",
    };
    const name = await cloud.create(handler("() => process.env"), {
      Environment: { Variables: { ...leading, MINE: "1", AWS_MAX_ATTEMPTS: "1" } },
    });
    const variables = (await cloud.invoke(name)).payload as Record<string, string>;
    expect(variables).to.include({
      MINE: "1",
      AWS_MAX_ATTEMPTS: "1",
      AWS_ENDPOINT_URL: cloud.endpoint,
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    });
    expect(variables["NODE_OPTIONS"]?.trim()).to.equal("--enable-source-maps");
    expect(Object.values(variables)).not.to.include(elsewhere);
    expect(variables).not.to.have.any.keys("AWS_PROFILE", "AWS_ROLE_ARN", "NODE_USE_ENV_PROXY");
    const logged = cloud.entries.find(({ event }) => event === "variables-not-passed");
    expect(logged?.["variables"]).to.include.members(["AWS_PROFILE", "https_proxy"]);
  });

  const failures: readonly [string, string, object, string, RegExp][] = [
    ["throws", handler('() => { throw new TypeError("no"); }'), {}, "TypeError", /^no$/],
    ["rejects", handler('async () => { throw new Error("no"); }'), {}, "Error", /^no$/],
    [
      "is too slow",
      handler("() => new Promise((resolve) => setTimeout(resolve, 60_000))"),
      { Timeout: 1 },
      "Sandbox.Timedout",
      /^RequestId: [\w-]+ Error: Task timed out after 1\.00 seconds$/,
    ],
    [
      "never yields",
      handler("() => { for (;;); }"),
      { Timeout: 1 },
      "Sandbox.Timedout",
      /Task timed out after 1\.00 seconds$/,
    ],
    [
      "exits",
      handler("() => process.exit(3)"),
      {},
      "Runtime.ExitError",
      /Runtime exited with error: exit status 3$/,
    ],
    [
      "uses too much memory",
      handler(
        "() => { const all = []; for (;;) all.push(new Array(1e5).fill(all.length + 0.5)); }",
      ),
      { Timeout: 30, MemorySize: 128 },
      "Runtime.ExitError",
      /signal: killed$/,
    ],
    ["fails at its start", 'throw new RangeError("at start");', {}, "RangeError", /^at start$/],
    [
      "imports what is not there",
      'import "./missing.mjs"; export const handler = () => 1;',
      {},
      "Error",
      /missing\.mjs/,
    ],
    [
      "has no handler",
      "export const other = () => 1;",
      {},
      "Runtime.HandlerNotFound",
      /index\.handler is undefined or not exported/,
    ],
    [
      "answers what is no JSON",
      handler("() => { const a = {}; a.a = a; return a; }"),
      {},
      "Runtime.MarshallError",
      /Unable to stringify response body/,
    ],
  ];
  for (const [what, code, input, errorType, message] of failures)
    it(`answer 200 with the error of a function that ${what}, and go on with the next`, async () => {
      const name = await cloud.create(code, input);
      for (const attempt of [1, 2]) {
        if (attempt === 2 && errorType === "Sandbox.Timedout") return;
        const { payload, functionError } = await cloud.invoke(name);
        expect(functionError).to.equal("Unhandled");
        expect(payload).to.include({ errorType });
        expect((payload as { errorMessage: string }).errorMessage).to.match(message);
      }
    }).timeout(60_000);

  it("begin anew after a timeout", async () => {
    const name = await cloud.create(
      handler("({ ms }) => new Promise((resolve) => setTimeout(resolve, ms, 'done'))"),
      { Timeout: 1 },
    );
    expect((await cloud.invoke(name, { ms: 60_000 })).functionError).to.equal("Unhandled");
    expect((await cloud.invoke(name, { ms: 0 })).payload).to.equal("done");
  });

  it("refuse an event that is no JSON and one that is too large", async () => {
    const FunctionName = await cloud.create(handler("(event) => event"));
    const send = (Payload: string) =>
      cloud.client.send(new InvokeCommand({ FunctionName, Payload }));
    expect((await failureOf(send("{"))).name).to.equal("InvalidRequestContentException");
    const large = JSON.stringify("x".repeat(6 * 1024 * 1024 + 200));
    const failure = await failureOf(send(large));
    expect(failure.name).to.equal("RequestTooLargeException");
    expect(failure.$metadata?.httpStatusCode).to.equal(413);
    const fits = JSON.stringify("x".repeat(5 * 1024 * 1024));
    expect((await send(fits)).Payload?.length).to.equal(fits.length);
  });

  it("run an Event without an answer, and do nothing for a DryRun", async () => {
    const FunctionName = await cloud.create(handler("(event) => { console.log(event.mark); }"), {
      Role: await cloud.role("logs:*"),
    });
    const send = (InvocationType: "Event" | "DryRun", mark: string) =>
      cloud.client.send(
        new InvokeCommand({ FunctionName, InvocationType, Payload: JSON.stringify({ mark }) }),
      );
    expect((await send("DryRun", "dry-run")).StatusCode).to.equal(204);
    expect((await send("Event", "as-an-event")).StatusCode).to.equal(202);
    const logs = new CloudWatchLogsClient(clientSettings(cloud.endpoint));
    const lines = await untilMet("The line of the event", async () => {
      const { events = [] } = await logs
        .send(new FilterLogEventsCommand({ logGroupName: `/aws/lambda/${FunctionName}` }))
        .catch(() => ({ events: [] }));
      const messages = events.map(({ message }) => message).join("\n");
      return messages.includes("as-an-event") ? messages : undefined;
    });
    expect(lines).not.to.include("dry-run");
    logs.destroy();
  });

  it("are throttled beyond the reserved concurrency", async () => {
    const FunctionName = await cloud.create(
      handler("() => new Promise((resolve) => setTimeout(resolve, 1_000, 'done'))"),
      { Timeout: 10 },
    );
    const reserve = (ReservedConcurrentExecutions: number) =>
      cloud.client.send(
        new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }),
      );
    await reserve(1);
    const results = await Promise.allSettled([1, 2, 3].map(() => cloud.invoke(FunctionName)));
    const refused = results.flatMap((result) =>
      result.status === "rejected" ? [result.reason as TooManyRequestsException] : [],
    );
    expect(refused).to.have.length(2);
    for (const failure of refused) {
      expect(failure.name).to.equal("TooManyRequestsException");
      expect(failure.$metadata.httpStatusCode).to.equal(429);
      expect(failure.Reason).to.equal("ReservedFunctionConcurrentInvocationLimitExceeded");
    }
    await reserve(0);
    expect((await failureOf(cloud.invoke(FunctionName))).name).to.equal("TooManyRequestsException");
  });
});
