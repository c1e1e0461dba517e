import { expect } from "chai";
import { type Cloud, startCloud } from "../../local/cloud.ts";
import { runDrill } from "../support/run-drill.ts";
import { type ScratchCopy, scratchCopy } from "../support/scratch-copy.ts";
import { whatIsThere } from "../support/what-is-there.ts";
import { type PulumiRun, startPulumi, whyPulumiIsNotTried } from "./pulumi-run.ts";

describe("The Pulumi CLI with the program and the policy pack", function () {
  // The provider waits 25 s for each change of a queue, and two minutes until one is gone.
  this.timeout(600_000);

  const log: Record<string, unknown>[] = [];
  let project: ScratchCopy | undefined;
  let pulumi: PulumiRun | undefined;
  let cloud: Cloud | undefined;

  before(async function () {
    const reason = whyPulumiIsNotTried();
    if (reason !== undefined) {
      console.log(`    not tried: ${reason}`);
      this.skip();
    }
    project = await scratchCopy();
    pulumi = await startPulumi(project.directory, "local");
  });

  after(async () => {
    await pulumi?.[Symbol.asyncDispose]();
    await cloud?.close();
    await project?.[Symbol.asyncDispose]();
  });

  async function succeeds(command: string, ...args: string[]): Promise<string> {
    const { exitCode, output } = (await pulumi?.run(command, ...args)) ?? { exitCode: -1 };
    expect(exitCode, output).to.equal(0);
    return output ?? "";
  }

  it("previews without a cloud, and without a warning of the program", async () => {
    const output = await succeeds("preview", "--policy-pack", "policy");
    expect(output).to.match(/outage-drill@v[\d.]+ \(local: policy\)/);
    expect(output).to.match(/\+ \d+ to create/);
    expect(output).to.not.include("will not show as a stack output");
  });

  it("refuses in a preview what npm run policy refuses, in the same words", async () => {
    const right = "visibilityTimeoutSeconds: VISIBILITY_TIMEOUTS * functionTimeoutSeconds";
    const wrong = "visibilityTimeoutSeconds: 5";
    await project?.edit("packages/write-buffer/src/write-buffer.ts", right, wrong);
    const { exitCode, output } = (await pulumi?.run("preview", "--policy-pack", "policy")) ?? {};
    await project?.edit("packages/write-buffer/src/write-buffer.ts", wrong, right);
    expect(output).to.include(
      "Set visibilityTimeoutSeconds to at least 60 (6 × 10 s).",
      "the rule queue-visibility-covers-function",
    );
    expect(exitCode).to.not.equal(0);
  });

  it("brings the stack up on the embedded cloud", async () => {
    cloud = await startCloud({ log: (entry) => log.push(entry) });
    await succeeds("config set", "endpoint", cloud.endpoint);
    await succeeds("up", "--yes", "--skip-preview", "--policy-pack", "policy");
  });

  it("then has nothing to change, and finds nothing changed", async () => {
    await succeeds("up", "--yes", "--skip-preview", "--expect-no-changes");
    await succeeds("refresh", "--yes", "--skip-preview", "--expect-no-changes");
  });

  it("moves everything to other names", async () => {
    await succeeds("config set", "namePrefix", "moved-");
    await succeeds("up", "--yes", "--skip-preview");
    await succeeds("up", "--yes", "--skip-preview", "--expect-no-changes");
  });

  it("gives the drill the stack's outputs", async () => {
    const drill = await runDrill(
      project?.directory ?? "",
      ["--stack", "local", "--only", "outage"],
      pulumi?.environment,
    );
    expect(drill.exitCode, drill.stderr).to.equal(0);
  });

  it("destroys all of it", async () => {
    await succeeds("destroy", "--yes", "--skip-preview");
    expect(await whatIsThere(cloud?.endpoint ?? "")).to.deep.equal({});
  });

  it("asks nothing that is not served", () => {
    expect(log.filter(({ event }) => event === "unknown-operation")).to.deep.equal([]);
    expect(log.filter(({ event }) => event === "internal-failure")).to.deep.equal([]);
  });
});
