import { expect } from "chai";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Summary } from "../../../chaos/report/summary.ts";
import { until } from "../../../chaos/harness/until.ts";
import { startCloudProcess } from "../support/start-cloud-process.ts";
import type { CloudProcess } from "../support/start-cloud-process.ts";
import { startDrillProcess } from "../support/drill-process.ts";
import type { DrillProcess } from "../support/drill-process.ts";
import { nothing, whatDrillsLeft } from "../support/what-drills-left.ts";

/** The step that has passed once the fault is in effect. */
const injected = "starts: DynamoDB fails every call";

for (const [way, cloudArgs] of [
  ["FIS", []],
  ["the Chaos API", ["--no-localstack-actions"]],
] as const)
  describe(`a drill through ${way}`, function () {
    this.timeout(120_000);
    let directory = "";
    let cloud: CloudProcess;

    before(async () => {
      directory = await mkdtemp(join(tmpdir(), "signals-"));
      cloud = await startCloudProcess(directory, cloudArgs);
    });

    after(async () => {
      await cloud[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    });

    it("goes on to its end, with its reports, when nobody reads its output any more", async () => {
      const run = await drillUntilInjected();
      run.child.stdout?.destroy();
      run.child.stderr?.destroy();
      const code = await run.ended;
      const summary = JSON.parse(await readFile(join(directory, "chaos.json"), "utf8")) as Summary;
      expect(summary.experiments.map(({ outcome }) => outcome)).not.to.include("interrupted");
      expect(code).to.equal(summary.exitCode);
      expect(await whatDrillsLeft(cloud.endpoint)).to.deep.equal(nothing);
    });

    for (const [signal, code] of [
      ["SIGINT", 130],
      ["SIGTERM", 143],
      ["SIGHUP", 129],
      ["SIGQUIT", 131],
    ] as const)
      it(`undoes its fault on ${signal} and exits with ${String(code)}`, async () => {
        const run = await drillUntilInjected();
        run.child.kill(signal);
        expect(await run.ended).to.equal(code);
        expect(run.stderr()).to.match(/Stopped: .* is over; no fault is left\./);
        expect(await whatDrillsLeft(cloud.endpoint)).to.deep.equal(nothing);
      });

    it("undoes its fault when Ctrl-C is pressed twice", async () => {
      const run = await drillUntilInjected();
      run.child.kill("SIGINT");
      await until("it has heard the first", () => run.stderr().includes("SIGINT: stopping"), {
        deadlineMs: 10_000,
        intervalMs: 5,
      });
      run.child.kill("SIGINT");
      expect(await run.ended).to.equal(130);
      expect(await whatDrillsLeft(cloud.endpoint)).to.deep.equal(nothing);
    });

    it("leaves a fault for no longer than its lease when it is killed", async () => {
      const run = await drillUntilInjected({ OUTAGE_DRILL_LEASE_SECONDS: "3" });
      run.child.kill("SIGKILL");
      expect(await run.ended).to.equal("SIGKILL");
      const killedMs = performance.now();
      const left = await whatDrillsLeft(cloud.endpoint);
      expect(left.activeExperiments.length + (left.faults as unknown[]).length).to.equal(1);
      await until(
        "nothing is left",
        async () => {
          return JSON.stringify(await whatDrillsLeft(cloud.endpoint)) === JSON.stringify(nothing);
        },
        { deadlineMs: 20_000 },
      );
      // A generous bound: the lease of 3 s, on a machine that is busy.
      expect(performance.now() - killedMs).to.be.below(15_000);
    });

    async function drillUntilInjected(env: Record<string, string> = {}): Promise<DrillProcess> {
      const args = ["--only", "outage", "--outputs", cloud.file, "--reports", directory];
      const run = startDrillProcess(args, env);
      await run.untilSaid(injected);
      return run;
    }
  });
