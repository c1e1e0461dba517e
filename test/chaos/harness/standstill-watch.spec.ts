import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { describeStandstills, StandstillWatch } from "../../../chaos/harness/standstill-watch.ts";
import type { StandstillReport } from "../../../chaos/harness/standstill-watch.ts";

const unit = new URL("../../../chaos/harness/standstill-watch.ts", import.meta.url).href;

/** Watches, says so, and reports once it is told to. */
const program = `
  import { StandstillWatch } from ${JSON.stringify(unit)};
  using watch = new StandstillWatch();
  setTimeout(() => console.log("watching"), 200);
  process.stdin.once("data", () => {
    console.log(JSON.stringify(watch.report()));
    process.exit();
  });
`;

describe("StandstillWatch", function () {
  this.timeout(30_000);

  it("sees when its process was stopped, from when to when", async () => {
    const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", program], {
      cwd: fileURLToPath(new URL("../../..", import.meta.url)),
      stdio: ["pipe", "pipe", "inherit"],
    });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    await lines.next();
    const stoppedMs = Date.now();
    child.kill("SIGSTOP");
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    child.kill("SIGCONT");
    const continuedMs = Date.now();
    child.stdin.write("report\n");
    const report = JSON.parse((await lines.next()).value as string) as StandstillReport;
    if (child.exitCode === null) await once(child, "exit");
    const longest = report.standstills.find(({ durationMs }) => durationMs >= 2_400);
    expect(longest?.fromMs).to.be.within(stoppedMs - 5_000, stoppedMs + 1_000);
    expect(longest?.toMs).to.be.at.least(continuedMs - 50);
    expect(report.lostShare).to.be.within(0.2, 1);
    expect(describeStandstills(report)).to.match(
      /^The harness stood still from 20\S+Z to 20\S+Z \(\d+\.\d s\).* and lost \d+ % of its time\.$/,
    );
  });

  it("counts a blocked event loop, and measures its delay", () => {
    using watch = new StandstillWatch({ intervalMs: 10, gapMs: 50 });
    const untilMs = performance.now() + 120;
    while (performance.now() < untilMs);
    const { standstills, delayP99Ms, lostShare, watchedMs } = watch.report();
    expect(standstills).to.have.lengthOf(1);
    expect(delayP99Ms).to.be.above(100);
    expect(watchedMs).to.be.at.least(120);
    expect(lostShare).to.be.above(0.5);
  });

  it("says nothing when there was no standstill", () => {
    using watch = new StandstillWatch({ gapMs: 60_000 });
    expect(watch.report()).to.deep.include({ standstills: [], lostShare: 0, delayP99Ms: 0 });
    expect(describeStandstills(watch.report())).to.equal(undefined);
  });
});
