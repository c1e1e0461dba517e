import { expect } from "chai";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../../../chaos/harness/until.ts";
import { startCloudProcess } from "../support/start-cloud-process.ts";
import type { CloudProcess } from "../support/start-cloud-process.ts";
import { startDrillProcess } from "../support/drill-process.ts";
import { nothing, whatDrillsLeft } from "../support/what-drills-left.ts";

/** What a killed drill may leave, as README.md promises. */
const leaseMs = 30_000;
/** For the cloud to notice the end of a lease. */
const graceMs = 2_000;

for (const [way, cloudArgs] of [
  ["FIS", []],
  ["the Chaos API", ["--no-localstack-actions"]],
] as const)
  describe(`the lease of a drill through ${way}`, function () {
    this.timeout(240_000);
    let directory = "";
    let cloud: CloudProcess;

    before(async () => {
      directory = await mkdtemp(join(tmpdir(), "lease-"));
      cloud = await startCloudProcess(directory, cloudArgs);
    });

    after(async () => {
      await cloud[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    });

    it("ends the fault of a drill that was killed within 30 s, by the cloud's own log", async () => {
      const args = ["--only", "outage", "--outputs", cloud.file, "--reports", directory];
      const run = startDrillProcess([...args, "--duration", "10min"]);
      await run.untilSaid("starts: DynamoDB fails every call");
      run.child.kill("SIGKILL");
      expect(await run.ended).to.equal("SIGKILL");
      const killedMs = Date.now();
      let [lastHitMs, hits] = [killedMs, 0];
      const hit = async () => {
        const name = `lease-${String(hits)}`;
        const response = await fetch(cloud.endpoint, {
          method: "POST",
          headers: {
            "content-type": "application/x-amz-json-1.0",
            "x-amz-target": "DynamoDB_20120810.ListTables",
            authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=${name}`,
          },
          body: "{}",
        });
        await response.text();
        if (response.status !== 500) return false;
        [lastHitMs, hits] = [Date.now(), hits + 1];
        return true;
      };
      expect(await hit(), "the fault outlives the drill").to.equal(true);
      await until("the fault is over", async () => !(await hit()), {
        deadlineMs: 2 * leaseMs,
        intervalMs: 100,
      });
      expect(lastHitMs - killedMs).to.be.below(leaseMs + graceMs);
      await until(
        "nothing is left",
        async () =>
          JSON.stringify(await whatDrillsLeft(cloud.endpoint)) === JSON.stringify(nothing),
        { deadlineMs: 20_000 },
      );
      const firedMs = await lastFiredMs(cloud.logFile);
      expect(firedMs, "the cloud's own log").to.be.within(
        killedMs - 1_000,
        killedMs + leaseMs + graceMs,
      );
    });
  });

async function lastFiredMs(file: string): Promise<number> {
  const lines = (await readFile(file, "utf8"))
    .split("\n")
    .filter((line) => line.includes("fault-fired"));
  const { time = "" } = JSON.parse(lines.at(-1) ?? "{}") as { time?: string };
  return Date.parse(time);
}
