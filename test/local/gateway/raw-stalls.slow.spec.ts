import { readFile } from "node:fs/promises";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { expect } from "chai";
import type { StackOutputs } from "../../../infra/outputs.ts";
import { type CloudProcess, startCloudProcess } from "../../e2e/support/start-cloud-process.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { type HealthPoller, pollHealth } from "./support/health-poller.ts";
import { type HostileRequest, hostileRequests } from "./support/hostile-requests.ts";

/** Much more than a stall may be, as the machine may be busy with other things. */
const longestMs = 1_000;
const attempts = 3;
const answersWithinMs = 5_000;

describe("No request to what has no schema keeps others waiting, or goes without an answer", function () {
  this.timeout(300_000);
  const agent = new Agent({ keepAlive: true });
  let cloud: CloudProcess;
  let poller: HealthPoller;
  let api: string;
  before(async () => {
    await using folder = await temporaryFolder();
    const outputs = join(folder.path, "outputs.json");
    cloud = await startCloudProcess(["--outputs", outputs]);
    const { productApiUrl } = JSON.parse(await readFile(outputs, "utf8")) as StackOutputs;
    api = new URL(productApiUrl).pathname;
    poller = pollHealth(cloud.endpoint);
  });
  after(async () => {
    agent.destroy();
    await poller.close();
    await cloud.kill();
  });

  for (const [what, requests] of Object.entries(hostileRequests))
    it(`to ${what}`, async () => {
      const problems: string[] = [];
      for (const hostile of requests(api)) {
        let ms = Infinity;
        for (let attempt = 0; attempt < attempts && ms > longestMs; attempt++) {
          await poller.longest();
          const status = await send(hostile);
          if (status >= 500) problems.push(`${hostile.name}: ${String(status)}`);
          ms = Math.min(ms, await poller.longest());
        }
        if (process.env["SHOW_WAITS"] && ms > 100)
          console.log(`${hostile.name}: ${ms.toFixed(0)} ms`);
        if (ms > longestMs) problems.push(`${hostile.name}: ${ms.toFixed(0)} ms`);
      }
      expect(problems).to.deep.equal([]);
    });

  /** @returns the status; 599 for no answer */
  function send({ method, path, headers, body }: HostileRequest): Promise<number> {
    return new Promise((resolve) => {
      const sent = request(
        `${cloud.endpoint}`,
        {
          ...{ agent, method, path, headers: { ...headers, "content-length": body.length } },
          signal: AbortSignal.timeout(answersWithinMs),
        },
        (answer) => {
          answer.resume().once("end", () => {
            resolve(answer.statusCode ?? 599);
          });
        },
      );
      sent.once("error", () => {
        resolve(599);
      });
      sent.end(body);
    });
  }
});
