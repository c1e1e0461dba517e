import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { longestWait } from "../../support/longest-wait.ts";
import { untilMet } from "../../support/until-met.ts";
import { type StartedLambda, startLambda, zipOf } from "./start-lambda.ts";

/** Environments that end on their own, at any time: their event is answered, and nothing burns. */
describe("Lambda environments that die", () => {
  let cloud: StartedLambda;
  let directory: string;
  before(async () => {
    cloud = await startLambda();
    directory = await mkdtemp(join(tmpdir(), "outage-drill-deaths-"));
  });
  after(async () => {
    await cloud.close();
    await rm(directory, { recursive: true });
  });

  const anyHandler = "export const handler = () => 1;";
  const exit = (reason: string) =>
    new RegExp(`^RequestId: [\\w-]{36} Error: Runtime exited ${reason}$`);
  const status = (code: number) => exit(`with error: exit status ${String(code)}`);
  const signal = (name: string) => exit(`with error: signal: ${name}`);
  const fill = "const all = []; for (;;) all.push(new Array(1e5).fill(all.length + 0.5));";
  const later = (code: string) =>
    `setTimeout(() => { ${code} }, 20); await new Promise((done) => setTimeout(done, 5e3));`;
  const options = (NODE_OPTIONS: string) => ({ Environment: { Variables: { NODE_OPTIONS } } });

  const atStart: readonly [string, string, RegExp, object?][] = [
    ["exits with a status", `process.exit(3); ${anyHandler}`, status(3)],
    ["exits without one", `process.exit(); ${anyHandler}`, exit("without providing a reason")],
    ["exits later", `${later("process.exit(4)")} ${anyHandler}`, status(4)],
    ["throws later", `${later("throw new Error('late')")} ${anyHandler}`, status(129)],
    [
      "leaves a rejection alone",
      `Promise.reject(new Error("no")); ${later("")} ${anyHandler}`,
      status(128),
    ],
    ["waits for nothing", `await new Promise(() => {}); ${anyHandler}`, status(13)],
    ["aborts", `process.abort(); ${anyHandler}`, signal("aborted")],
    ["kills itself", `process.kill(process.pid, "SIGKILL"); ${anyHandler}`, signal("killed")],
    ["kills its group", `process.kill(0); ${anyHandler}`, signal("terminated")],
    ["uses too much memory", `${fill} ${anyHandler}`, signal("killed"), { MemorySize: 128 }],
    ["requires what is missing", anyHandler, status(1), options("--require=/missing")],
    ["has an unknown option", anyHandler, status(9), options("--no-such-option")],
    ["has half an option", anyHandler, status(9), options('"--require')],
  ];
  for (const [what, code, message, input] of atStart)
    it(`answer each event of a function that ${what} as it starts, once each`, async () => {
      const name = await cloud.create(code, input);
      for (const result of await Promise.all([1, 2, 3, 4, 5].map(() => cloud.invoke(name)))) {
        expect(result.functionError).to.equal("Unhandled");
        expect(result.payload).to.include({ errorType: "Runtime.ExitError" });
        expect((result.payload as { errorMessage: string }).errorMessage).to.match(message);
      }
    }).timeout(60_000);

  it("are started no more often than there are events, and less when each one fails", async () => {
    const file = join(directory, "starts");
    const name = await cloud.create(
      `import { appendFileSync } from "node:fs"; appendFileSync(${JSON.stringify(file)}, "."); process.exit(1);`,
    );
    const starts = async (): Promise<number> => (await readFile(file, "utf8")).length;
    await cloud.invoke(name);
    expect(await starts()).to.equal(1);
    await Promise.all(Array.from({ length: 40 }, () => cloud.invoke(name)));
    expect(await starts()).to.be.below(20);
  }).timeout(60_000);

  it("are not started for a client that has gone", async () => {
    const file = join(directory, "starts-of-gone");
    const FunctionName = await cloud.create(
      `import { appendFileSync } from "node:fs"; appendFileSync(${JSON.stringify(file)}, "."); process.exit(1);`,
    );
    const gone = new AbortController();
    const call = cloud.client.send(new InvokeCommand({ FunctionName }), {
      abortSignal: gone.signal,
    });
    await untilMet("The first start", () => readFile(file, "utf8").catch(() => undefined));
    gone.abort();
    await call.catch(() => undefined);
    // Another function has been created and run: time enough for a loop to show.
    expect((await cloud.invoke(await cloud.create(anyHandler))).payload).to.equal(1);
    expect(await readFile(file, "utf8")).to.equal(".");
  });

  const duringEvent: readonly [string, string, object, RegExp][] = [
    ["exits without a status", "process.exit()", {}, exit("without providing a reason")],
    [
      "throws later",
      "setTimeout(() => { throw new Error('late'); }); return new Promise(() => {});",
      {},
      status(129),
    ],
    [
      "leaves a rejection alone",
      "void Promise.reject(new Error('no')); return new Promise(() => {});",
      {},
      status(128),
    ],
    ["kills itself", "process.kill(process.pid)", {}, signal("terminated")],
    ["uses too much memory", fill, { MemorySize: 128, Timeout: 30 }, signal("killed")],
    [
      "closes its channel",
      "process.getBuiltinModule('worker_threads').parentPort.close(); return new Promise(() => {});",
      {},
      exit("without providing a reason"),
    ],
  ];
  for (const [what, body, input, message] of duringEvent)
    it(`answer the event during which a function ${what}, and the next one too`, async () => {
      const name = await cloud.create(
        `export const handler = (event) => { if (event.well) return "well"; ${body} };`,
        input,
      );
      for (const attempt of [1, 2]) {
        const { payload, functionError } = await cloud.invoke(name, { attempt });
        expect(functionError).to.equal("Unhandled");
        expect(payload).to.include({ errorType: "Runtime.ExitError" });
        expect((payload as { errorMessage: string }).errorMessage).to.match(message);
      }
      expect((await cloud.invoke(name, { well: true })).payload).to.equal("well");
    }).timeout(60_000);

  it("between two events leave the second one to another environment", async () => {
    const name = await cloud.create(
      "export const handler = ({ dies }) => { if (dies) setTimeout(() => process.exit(1), 50); return process.hrtime.bigint().toString(); };",
    );
    await cloud.invoke(name, { dies: true });
    await untilMet("An event after the death", async () => {
      const { functionError } = await cloud.invoke(name);
      return functionError === undefined ? true : undefined;
    });
  });

  it("keep nobody waiting while they flood their output or block their thread", async () => {
    const loops = [
      "for (;;) console.log('x'.repeat(1_000))",
      "for (;;) process.stdout.write('x')",
      "for (;;);",
      "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)",
      "const flood = () => { for (let n = 0; n < 100; n++) console.log(n); setImmediate(flood); }; flood(); return new Promise(() => {})",
    ];
    for (const loop of loops) {
      const name = await cloud.create(`export const handler = () => { ${loop} };`, {
        Timeout: 2,
        MemorySize: 128,
      });
      const waitedMs = await longestWait(cloud.endpoint, async () => {
        expect((await cloud.invoke(name)).functionError).to.equal("Unhandled");
      });
      if (process.env["SHOW_WAITS"]) console.log(`${loop}: ${waitedMs.toFixed(0)} ms`);
      expect(waitedMs, loop).to.be.below(1_000);
    }
  }).timeout(60_000);

  it("time out after 10 s of initialisation that does not end", async () => {
    const name = await cloud.create(`for (;;); ${anyHandler}`);
    const { payload } = await cloud.invoke(name);
    expect(payload).to.include({ errorType: "Sandbox.Timedout" });
    expect((payload as { errorMessage: string }).errorMessage).to.match(
      /^RequestId: [\w-]{36} Error: Task timed out after 3\.00 seconds$/,
    );
  }).timeout(30_000);

  const unloadable: readonly [string, object, string, RegExp][] = [
    [
      "is missing",
      { Handler: "other.handler" },
      "Runtime.ImportModuleError",
      /Cannot find module 'other'/,
    ],
    [
      "is no JavaScript",
      { Code: { ZipFile: zipOf("export const = 1;") } },
      "Runtime.UserCodeSyntaxError",
      /^SyntaxError: /,
    ],
    [
      "requires what is missing",
      { Code: { ZipFile: zipOf("require('none')", "index.cjs") } },
      "Runtime.ImportModuleError",
      /^Error: Cannot find module 'none'/,
    ],
    [
      "is above a folder",
      { Handler: "a/../../b.handler" },
      "Runtime.MalformedHandlerName",
      /is not a valid handler name/,
    ],
    [
      "is encoded",
      { Handler: "%2e%2e/%2e%2e/etc/x.handler" },
      "Runtime.ImportModuleError",
      /Cannot find module/,
    ],
  ];
  for (const [what, input, errorType, message] of unloadable)
    it(`say so where the handler's file ${what}`, async () => {
      const { payload } = await cloud.invoke(await cloud.create(anyHandler, input));
      expect(payload).to.include({ errorType });
      expect((payload as { errorMessage: string }).errorMessage).to.match(message);
    });

  it("find an absolute path within their package only", async () => {
    const { payload } = await cloud.invoke(
      await cloud.create(anyHandler, { Handler: "/etc/passwd.handler" }),
    );
    expect((payload as { errorType: string }).errorType).to.match(
      /^Runtime\.(MalformedHandlerName|ImportModuleError)$/,
    );
  });
});
