import { expect } from "chai";
import { spawn } from "node:child_process";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { experiments } from "../../../chaos/experiments/index.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { runScript } from "../support/run-script.ts";

const noCi = { CI: "", GITHUB_ACTIONS: "", FORCE_COLOR: "0" };

describe("npm run chaos, instead of a drill", function () {
  this.timeout(120_000);

  it("names every experiment on a line of 80 columns with --list", async () => {
    const { code, stdout } = await runScript("chaos/cli.ts", ["--list"]);
    expect(code).to.equal(0);
    const lines = stdout.split("\n");
    for (const line of lines) expect(line.length).to.be.at.most(80);
    const named = lines.flatMap((line) => /^ {2}(\S+) {2,}\S/.exec(line)?.[1] ?? []);
    expect(named.toSorted()).to.deep.equal(experiments.map(({ name }) => name).toSorted());
  });

  it("names the experiments that fit another application with --list", async () => {
    const { code, stdout } = await runScript("chaos/cli.ts", [
      ...["--list", "--program", "examples/counter"],
    ]);
    expect(stdout).to.match(/^Experiments that fit this stack:\n {2}dynamodb-\S+ /);
    expect(stdout).not.to.include("outage-without-write-buffer");
    expect(code).to.equal(0);
  });

  it("does everything but inject with --dry-run, and says that nothing is proven", async () => {
    await using folder = await temporaryFolder();
    const { code, stdout } = await runScript(
      "chaos/cli.ts",
      ["--dry-run", "--only", "total-outage", "--reports", folder.path],
      noCi,
    );
    expect(stdout).to.match(/^\d\d:\d\d:\d\d ✔ preparation: the cloud can inject the fault$/m);
    // On a machine without time nobody can tell whether the steady state holds.
    const isReady = code === 0;
    expect(stdout).to.match(
      isReady
        ? /^✔ total-outage: ready; a drill would inject through FIS: dynamodb/m
        : /^\? total-outage: unknown: steady state: /m,
    );
    expect(stdout).to.match(
      /\n\nNothing was injected, so nothing is proven: [^]*\n[✔✘] [01] of 1 ready to be injected\.\n$/,
    );
    expect(code).to.be.oneOf([0, 2]);
    // No report of a drill, and a log in which no fault has fired.
    expect(await readdir(folder.path)).to.deep.equal(["cloud.log"]);
    expect(await readFile(join(folder.path, "cloud.log"), "utf8")).not.to.include("fault-fired");
  });

  it("shows all that a former drill has found with --show", async () => {
    await using folder = await temporaryFolder();
    const anomalies = Array.from(
      { length: 9 },
      (_, at) => `lost: key ${String(at)}\n  - \u001b[2Jx`,
    );
    const row = { experiment: "mine", outcome: "not-held", problems: [], anomalies: ["lost: a"] };
    const rows = [
      { ...row, journal: "mine.journal.json" },
      { ...row, experiment: "other" },
    ];
    await writeFile(join(folder.path, "mine.journal.json"), JSON.stringify({ anomalies }));
    await writeFile(
      join(folder.path, "chaos.json"),
      JSON.stringify({ seed: "s", experiments: rows }),
    );
    const run = await runScript("chaos/cli.ts", ["--show", folder.path, "--only", "mine"]);
    expect(run.stdout.match(/^lost: key \d$/gm)).to.have.lengthOf(9);
    expect(run.stdout).not.to.include("\u001b").and.not.include("other");
    const none = await runScript("chaos/cli.ts", ["--show", join(folder.path, "none")]);
    expect(none.stderr).to.match(
      /^\S+chaos\.json cannot be read \(ENOENT\): give --show DIR [^\n]+\n$/,
    );
    expect([run.code, none.code]).to.deep.equal([0, 3]);
  });

  it("goes on quietly when nobody reads its output, and when a disk is full", async () => {
    const listed = await inShell("node chaos/cli.ts --help | head -1; echo ${PIPESTATUS[0]}");
    expect(listed).to.match(/^npm run chaos -- \[options\]\n0\n$/);
    const policy = await inShell("node command/start.js policy --help | head -0; echo $PIPESTATUS");
    expect(policy).to.equal("0\n");
    const full = await inShell("node chaos/cli.ts --list >/dev/full; echo $?");
    expect(full).to.match(/^The output cannot be written \(ENOSPC\); [^\n]+\n0\n$/);
  });

  it("prints a line a step in CI, in groups on GitHub, and the verdict last", async () => {
    await using folder = await temporaryFolder();
    const { code, stdout } = await runScript(
      "chaos/cli.ts",
      ["--only", "outage-without-write-buffer", "--reports", folder.path],
      { CI: "true", GITHUB_ACTIONS: "true", NO_COLOR: "1" },
    );
    const lines = stdout.split("\n");
    const begin = lines.findIndex((line) =>
      line.startsWith("::group::outage-without-write-buffer"),
    );
    const end = lines.indexOf("::endgroup::");
    expect(begin).to.be.at.least(0);
    expect(end).to.be.greaterThan(begin);
    for (const line of lines.slice(begin + 1, end))
      expect(line).to.match(/^\d\d:\d\d:\d\d [✔✘?–…] /);
    expect(lines.at(-2)).to.match(code === 0 ? /^✔ 1 of 1 held: / : /\.$/);
  });
});

/** What a command line prints, with this Node.js first on the PATH. */
function inShell(command: string): Promise<string> {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const PATH = `${join(process.execPath, "..")}:${process.env.PATH ?? ""}`;
  const child = spawn("bash", ["-c", `(${command}) 2>&1`], {
    cwd: root,
    env: { ...process.env, PATH },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise((resolve) => child.once("close", () => resolve(output)));
}
