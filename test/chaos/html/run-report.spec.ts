import { expect } from "chai";
import { mkdir, readFile, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { runCommand } from "../../support/run-command.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { sampleHistory, sampleJournal } from "./sample-run.ts";

const project = fileURLToPath(new URL("../../..", import.meta.url));

function report(...args: readonly string[]) {
  return runCommand(process.execPath, ["chaos/html/cli.ts", ...args], {
    cwd: project,
    env: process.env,
    timeoutMs: 60_000,
  });
}

async function writeRun(folder: string, more: Record<string, unknown> = {}): Promise<void> {
  const journal = { ...sampleJournal(), ...more };
  const row = {
    ...(journal as { measurements?: object }).measurements,
    experiment: "outage",
    outcome: journal["outcome"],
  };
  const files = { journal: "outage.journal.json", history: "outage.history.jsonl" };
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, "chaos.json"),
    JSON.stringify({ seed: "5eed", experiments: [{ ...row, ...files }] }),
  );
  await writeFile(join(folder, files.journal), JSON.stringify(journal));
  await writeFile(
    join(folder, files.history),
    sampleHistory.map((op) => `${JSON.stringify(op)}\n`).join(""),
  );
}

describe("the command report", function () {
  this.timeout(60_000);

  it("draws only the journals that chaos.json names, and prints where the report is", async () => {
    await using place = await temporaryFolder();
    await writeRun(place.path);
    await writeFile(
      join(place.path, "older.journal.json"),
      JSON.stringify({ experiment: "older" }),
    );
    const { exitCode, output } = await report(place.path);
    expect(output).to.match(/^Report: file:\/\/\/.*\/report\.html\n$/);
    expect(exitCode).to.equal(0);
    const page = await readFile(join(place.path, "report.html"), "utf8");
    expect(page).to.include("experiment--outage").and.not.include("experiment--older");
  });

  it("draws a folder with a journal alone, and one that an archive has put deeper", async () => {
    await using place = await temporaryFolder();
    const deep = join(place.path, "drill-reports", "reports");
    await writeRun(deep);
    await rename(join(deep, "chaos.json"), join(place.path, "elsewhere.json"));
    const output = join(place.path, "page.html");
    expect((await report(place.path, "--output", output)).exitCode).to.equal(0);
    expect(await readFile(output, "utf8")).to.include("1 of 3 acknowledged writes is not safe");
  });

  it("takes the latest of several runs, by a link or by a file with its name", async () => {
    await using place = await temporaryFolder();
    await writeRun(join(place.path, "one"), { seed: "first" });
    await writeRun(join(place.path, "two"), { seed: "second" });
    const ambiguous = await report(place.path);
    expect(ambiguous.output).to.match(/has several runs; give one of them: .*one, .*two/);
    expect(ambiguous.exitCode).to.equal(3);
    await symlink("two", join(place.path, "latest"));
    expect((await report(place.path)).exitCode).to.equal(0);
    await rename(join(place.path, "latest"), join(place.path, "link"));
    await writeFile(join(place.path, "latest"), "one\n");
    expect((await report(place.path)).output).to.include("/one/report.html");
  });

  it("draws what is left of a run whose files are broken, and names them", async () => {
    await using place = await temporaryFolder();
    await writeRun(place.path);
    await writeFile(join(place.path, "outage.journal.json"), "{");
    const kept = JSON.stringify({ ...sampleHistory[0], value: "a\u2028b" });
    await writeFile(join(place.path, "outage.history.jsonl"), `${kept}\n{"kind":`);
    expect((await report(place.path)).exitCode).to.equal(0);
    const page = await readFile(join(place.path, "report.html"), "utf8");
    expect(page).to.include("Its journal outage.journal.json cannot be read: it is not JSON.");
    expect(page).to.include("1 lines of its history outage.history.jsonl are no requests.");
  });

  it("compares with another run", async () => {
    await using place = await temporaryFolder();
    await writeRun(join(place.path, "now"));
    await writeRun(join(place.path, "old"), { outcome: "held" });
    await report(join(place.path, "now"), "--baseline", join(place.path, "old"));
    const page = await readFile(join(place.path, "now", "report.html"), "utf8");
    expect(page).to.include("held then and not now: outage");
  });

  it("says in one sentence what is wrong with its arguments", async () => {
    await using place = await temporaryFolder();
    await writeFile(join(place.path, "chaos.json"), "[]");
    for (const [args, sentence] of [
      [[join(place.path, "nowhere")], "There is no"],
      [[place.path], "is no result of a drill"],
      [[project + "/docs"], "has no run"],
      [["a", "b"], "One run at a time"],
      [["--basline", "x"], "did you mean --baseline?"],
    ] as const) {
      const { exitCode, output } = await report(...args);
      expect(output).to.include(sentence);
      expect(output.trim().split("\n")).to.have.length(1);
      expect(exitCode).to.equal(3);
    }
  });
});
