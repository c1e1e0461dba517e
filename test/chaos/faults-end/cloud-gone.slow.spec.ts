import { expect } from "chai";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Summary } from "../../../chaos/report/summary.ts";
import { startDrillProcess } from "../support/drill-process.ts";
import { startCloudProcess } from "../support/start-cloud-process.ts";

describe("a cloud that goes away during a drill", function () {
  this.timeout(120_000);
  let directory = "";

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "cloud-gone-"));
  });

  afterEach(() => rm(directory, { recursive: true }));

  it("is not blamed on the application when it was killed", async () => {
    await using cloud = await startCloudProcess(directory);
    const run = drill(cloud.file);
    await run.untilSaid("starts: DynamoDB fails every call");
    await cloud.kill("SIGKILL");
    expect(await run.ended).to.equal(3);
    const [row] = await rows();
    expect(row?.outcome).to.equal("could-not-run");
    expect(row?.problems.join("\n")).to.match(/cloud at http:\S+ no longer answers \(ECONN\w+\)/);
  });

  it("is not blamed on the application when it was restarted", async () => {
    const first = await startCloudProcess(directory);
    const run = drill(first.file);
    await run.untilSaid("starts: DynamoDB fails every call");
    await first.kill("SIGKILL");
    const { port } = new URL(first.endpoint);
    const second = await startCloudProcess(directory, ["--port", port]);
    expect(await run.ended).to.equal(3);
    await second.kill("SIGKILL");
    const [row] = await rows();
    expect(row?.outcome).to.equal("could-not-run");
    expect(row?.problems.join("\n")).to.match(/was restarted during the run|no longer answers/);
  });

  function drill(file: string) {
    return startDrillProcess(["--only", "outage", "--outputs", file, "--reports", directory]);
  }

  async function rows() {
    const text = await readFile(join(directory, "chaos.json"), "utf8");
    return (JSON.parse(text) as Summary).experiments;
  }
});
