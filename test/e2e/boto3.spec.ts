import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../local/cloud.ts";
import type { Log } from "../../local/log.ts";
import { type Call, call, faulted, missing, unknown } from "./support/boto3-cases.ts";
import { runProcess } from "./support/run-process.ts";

const script = fileURLToPath(new URL("support/boto3-calls.py", import.meta.url));

interface Ending {
  readonly output?: number;
  readonly exception?: string;
  readonly code?: string;
  readonly status?: number;
  readonly requestId?: string;
  readonly attempts?: number;
  readonly message?: string;
}

describe("boto3 as a client", function () {
  this.timeout(60_000);
  let cloud: Cloud;
  const entries: Parameters<Log>[0][] = [];

  before(async function () {
    const found = await runProcess("python3", ["-c", "import boto3"]);
    if (found.exitCode !== 0) {
      console.log(
        "      boto3 is not here (python3 -c 'import boto3' fails), so nothing is tried.",
      );
      this.skip();
    }
  });
  beforeEach(async () => {
    entries.length = 0;
    cloud = await startCloud({ log: (entry) => entries.push(entry) });
  });
  afterEach(() => cloud.close());

  async function run(calls: readonly Call[]): Promise<readonly Ending[]> {
    const { endpoint } = cloud;
    const input = JSON.stringify({ endpoint, calls });
    const { exitCode, stdout, stderr } = await runProcess("python3", [script], { input });
    expect(exitCode, stderr).to.equal(0);
    return JSON.parse(stdout) as Ending[];
  }

  it("reads each service's errors and tries again what it would try again on AWS", async () => {
    const rules = faulted.map(({ error, apiOperation, call: { service } }) => ({
      ...{ service, operation: apiOperation, error },
    }));
    const set = await fetch(`${cloud.endpoint}/_localstack/chaos/faults`, {
      method: "POST",
      body: JSON.stringify(rules),
    });
    expect(set.status).to.equal(200);
    const endings = await run(faulted.map((each) => each.call));
    for (const [index, { error, apiOperation, attempts, call: asked }] of faulted.entries()) {
      const what = `${asked.service} ${asked.operation} ${JSON.stringify(endings[index])}`;
      expect(endings[index], what).to.include({ status: error.statusCode, attempts });
      expect(endings[index]?.code?.replace(/Exception$/, ""), what).to.equal(
        error.code.replace(/Exception$/, ""),
      );
      expect(endings[index]?.requestId, what).to.match(/^[\w-]{36}$/);
      const fired = entries.filter(
        (entry) =>
          entry.event === "fault-fired" &&
          entry["service"] === asked.service &&
          entry["operation"] === apiOperation,
      );
      expect(fired.length, what).to.equal(attempts);
    }
  });

  it("raises each service's own exception for what is not there", async () => {
    const endings = await run(missing.map(([asked]) => asked));
    for (const [index, [asked, exception, code, status]] of missing.entries())
      expect(endings[index], `${asked.service} ${asked.operation}`).to.include({
        ...{ exception, code, status, attempts: 1 },
      });
  });

  it("is told of every operation that is not there, in the form of its service", async () => {
    const endings = await run(unknown.map(([asked]) => asked));
    for (const [index, [asked, code]] of unknown.entries())
      expect(endings[index]?.code, `${asked.service}: ${JSON.stringify(endings[index])}`).to.equal(
        code,
      );
    const logged = entries.filter(({ event }) => event === "unknown-operation");
    expect(new Set(logged.map(({ service }) => service)).size).to.be.greaterThan(8);
  });

  it("never meets a fault on FIS itself", async () => {
    await fetch(`${cloud.endpoint}/_localstack/chaos/faults`, { method: "POST", body: "[{}]" });
    const [ending] = await run([call("fis", "list_experiments")]);
    expect(ending).to.deep.equal({ output: 200 });
  });
});
