import { expect } from "chai";
import {
  CreateExperimentTemplateCommand,
  FisClient,
  StartExperimentCommand,
  StopExperimentCommand,
} from "@aws-sdk/client-fis";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Summary } from "../../../chaos/report/summary.ts";
import type { ExperimentTemplate } from "../../../infra/outputs.ts";
import { templateOf } from "../support/templates.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { startModelApplication } from "../support/model-application.ts";
import type { Defects, ModelTarget } from "../support/model-application.ts";
import { runScript } from "../support/run-script.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

describe("outage-drill load and check", function () {
  this.timeout(180_000);

  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "outage-drill-fleet-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const outputsFile = () => join(folder, "outputs.json");
  const historyOf = (worker: number) => join(folder, `worker-${String(worker)}.jsonl`);

  async function withApplication(
    defects: Defects,
    use: (target: ModelTarget) => Promise<void>,
  ): Promise<void> {
    const target = await startModelApplication({ outage: templateOf("outage") }, defects);
    try {
      const { endpoint, outputs } = target;
      await writeFile(outputsFile(), JSON.stringify({ ...outputs, endpoint }));
      await use(target);
    } finally {
      await target.close();
    }
  }

  interface Worker {
    readonly child: ChildProcess;
    readonly ended: Promise<{ readonly code: number | string; readonly stderr: string }>;
  }

  function startWorker(worker: number, ...options: string[]): Worker {
    const child = spawn(
      process.execPath,
      [
        "command/load/cli.ts",
        ...["--worker", `${String(worker)}/4`, "--rate", "10", "--duration", "12s"],
        ...["--outputs", outputsFile(), "--history", historyOf(worker), "--seed", "fleet"],
        ...options,
      ],
      { cwd: root, stdio: ["ignore", "ignore", "pipe"] },
    );
    let stderr = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const ended = once(child, "close").then(([code, signal]) => ({
      code: (code ?? signal) as number | string,
      stderr,
    }));
    return { child, ended };
  }

  /** Injects the outage through FIS for a while. @returns the experiment's id */
  async function injectOutage({ endpoint = "", outputs }: ModelTarget): Promise<string> {
    const fis = new FisClient(clientSettings(endpoint));
    const template = outputs.experimentTemplates["outage"] as ExperimentTemplate;
    const { experimentTemplate } = await fis.send(
      new CreateExperimentTemplateCommand({ clientToken: "t", ...template }),
    );
    const { experiment } = await fis.send(
      new StartExperimentCommand({
        clientToken: "s",
        experimentTemplateId: experimentTemplate?.id,
      }),
    );
    const id = experiment?.id ?? "";
    await wait(3_000);
    await fis.send(new StopExperimentCommand({ id }));
    fis.destroy();
    return id;
  }

  async function check(...args: string[]) {
    const run = await runScript("command/check/cli.ts", [
      ...args,
      ...["--outputs", outputsFile(), "--reports", join(folder, "reports"), "--json"],
    ]);
    if (run.stdout === "") throw new Error(run.stderr);
    const summary = JSON.parse(run.stdout) as Summary;
    return { ...run, row: summary.experiments[0], said: run.stderr.replaceAll(/\n +/g, " ") };
  }

  /** Once a worker has sent something for a while. */
  async function untilSending({ ended }: Worker, worker: number, requests: number): Promise<void> {
    let end: unknown;
    void ended.then((each) => (end = each));
    for (;;) {
      const text = await readFile(historyOf(worker), "utf8").catch(() => "");
      if (text.split("\n").length > requests) return;
      if (end !== undefined) throw new Error(`The worker has ended: ${JSON.stringify(end)}`);
      await wait(20);
    }
  }

  async function runFleet(target: ModelTarget) {
    const workers = [2, 3, 4].map((worker) => startWorker(worker, "--shared-keys", "4"));
    await Promise.all(workers.map((each, at) => untilSending(each, at + 2, 10)));
    const id = await injectOutage(target);
    const ends = await Promise.all(workers.map(({ ended }) => ended));
    for (const { code, stderr } of ends) expect(code, stderr).to.equal(0);
    return { id, ...(await check(...[2, 3, 4].map(historyOf), "--experiment", id)) };
  }

  /** The histories as if the clocks of the workers' machines were off, each in another way. */
  async function withClocksOff(byMs: number): Promise<string[]> {
    return Promise.all(
      [0, byMs, -byMs].map(async (offMs, at) => {
        const lines = (await readFile(historyOf(at + 2), "utf8")).trimEnd().split("\n");
        const shifted = lines.map((line) =>
          line.replaceAll(
            /"(startMs|invokeMs|endMs|intendedMs|atMs)":([\d.]+)/g,
            (_, name: string, ms: string) => `"${name}":${String(Number(ms) + offMs)}`,
          ),
        );
        const file = join(folder, `off-${String(byMs)}-${String(at)}.jsonl`);
        await writeFile(file, `${shifted.join("\n")}\n`);
        return file;
      }),
    );
  }

  it("hold on an application that keeps what it acknowledges, with keys that all workers write", async () => {
    await withApplication({}, async (target) => {
      const { row, said, code, id } = await runFleet(target);
      expect(row?.outcome, said).to.equal("held");
      expect(code).to.equal(0);
      expect(row?.acknowledged).to.be.greaterThan(150);
      expect(row?.evidence?.queued).to.be.greaterThan(10);
      expect(said).to.match(/The fault was in effect from .* \(FIS experiment EXP/);
      for (const offMs of [5, 500]) {
        const bound = ["--clock-error", String(offMs)];
        const off = await check(...(await withClocksOff(offMs)), "--experiment", id, ...bound);
        expect(off.row?.outcome, off.said).to.equal("held");
        expect(off.said).to.include(`up to ${String(offMs)} ms off (as --clock-error says)`);
      }
    });
  });

  it("find what an application loses that swallows the errors of its queue's consumer", async () => {
    await withApplication({ swallowedErrors: true }, async (target) => {
      const { row, said, code } = await runFleet(target);
      expect([row?.outcome, code], said).to.deep.equal(["not-held", 1]);
      expect(row?.counts?.lost).to.be.greaterThan(0);
    });
  });

  it("judge a worker that was killed, and one that was told to end, by what they had sent", async () => {
    await withApplication({}, async () => {
      const workers = [2, 3].map((worker) =>
        startWorker(worker, "--duration", "60s", "--rate", "60"),
      );
      await Promise.all(workers.map((each, at) => untilSending(each, at + 2, 100)));
      workers[0]?.child.kill("SIGKILL");
      workers[1]?.child.kill("SIGTERM");
      const ends = await Promise.all(workers.map(({ ended }) => ended));
      expect(ends.map(({ code }) => code)).to.deep.equal(["SIGKILL", 143]);
      expect(ends[1]?.stderr).to.equal("Interrupted by SIGTERM.\n");
      const last = (await readFile(historyOf(3), "utf8")).trimEnd().split("\n").at(-1) ?? "";
      expect(JSON.parse(last)).to.have.nested.property("end.requests");
      const { row, said, code } = await check(historyOf(2), historyOf(3));
      expect([row?.outcome, code], said).to.deep.equal(["held", 0]);
      expect(said)
        .to.match(/Worker 2\/4 .* did not end in order/)
        .and.not.match(/Worker 3\/4/);
    });
  });

  it("send nothing where they cannot, and say why", async () => {
    await withApplication({}, async () => {
      await writeFile(historyOf(2), "kept");
      const exists = await startWorker(2).ended;
      expect(exists).to.deep.include({ code: 3 });
      expect(exists.stderr).to.match(/The history .* exists: a history is never overwritten/);
      expect(await readFile(historyOf(2), "utf8")).to.equal("kept");
      // The model takes what the application would refuse, which the first worker finds out.
      const first = await startWorker(1).ended;
      expect(first.code).to.equal(3);
      expect(first.stderr).to.match(/The workload is wrong: a write that has to be refused/);
      const full = await startWorker(3, "--history", "/dev/full").ended;
      expect(full.code).to.equal(3);
    });
    const cases: readonly (readonly [string[], RegExp])[] = [
      [["--worker", "5/4"], /--worker 5\/4 is none/],
      [["--rate", "fast"], /--rate fast is no rate/],
      [["--duration", "10"], /--duration 10 is no duration/],
      [["--shared-keys", "3"], /--shared-keys needs --seed/],
      [["--history", "a.jsonl.gz"], /is written plain/],
    ];
    for (const [args, message] of cases) {
      const { code, stderr } = await runScript("command/load/cli.ts", [
        ...[
          "--worker",
          "1/1",
          "--rate",
          "1",
          "--duration",
          "1s",
          "--outputs",
          "x",
          "--history",
          "y",
        ],
        ...args,
      ]);
      expect([code, stderr.split("\n").length], stderr).to.deep.equal([3, 2]);
      expect(stderr).to.match(message);
    }
  });
});
