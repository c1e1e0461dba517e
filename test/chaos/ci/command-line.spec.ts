import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "chai";
import { readBaseline } from "../../../chaos/ci/read-baseline.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { runScript } from "../support/run-script.ts";

describe("npm run chaos, what it is asked to tell a pull request", function () {
  this.timeout(60_000);

  it("refuses a baseline that is none in one sentence, before anything is injected", async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, "chaos.json");
    const cases: [string, string | undefined, RegExp][] = [
      [join(folder.path, "none"), undefined, /cannot be read \(ENOENT\)/],
      [folder.path, undefined, /cannot be read \(it has no chaos\.json\)/],
      [file, "not json", /is no JSON/],
      ...['{"experiments":[{}]}', "null", "[]"].map((text): [string, string, RegExp] => [
        file,
        text,
        /is not the result of a drill/,
      ]),
    ];
    for (const [path, text, reason] of cases) {
      if (text !== undefined) await writeFile(file, text);
      const error = await readBaseline(path).then(() => undefined, String);
      expect(error)
        .to.match(reason)
        .and.to.match(/Nothing was injected\.$/);
      expect(error).not.to.include("\n");
    }
    const run = await runScript("chaos/cli.ts", ["--baseline", file, "--reports", folder.path]);
    expect(run.code).to.equal(3);
    expect(run.stderr).to.match(
      /^--baseline .*chaos\.json is not the result of a drill: give [^\n]*\n$/,
    );
  });

  it("refuses a badge that cannot be written", async () => {
    await using folder = await temporaryFolder();
    const args = ["--badge", folder.path, "--reports", join(folder.path, "reports")];
    const run = await runScript("chaos/cli.ts", args);
    expect(run.code).to.equal(3);
    expect(run.stderr).to.match(/^Cannot write the badge to \S+ \(EISDIR\): choose [^\n]*\n$/);
  });

  it("takes the folder of many drills for its latest", async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, "latest"));
    const experiments = [{ experiment: "outage", outcome: "held" }];
    await writeFile(join(folder.path, "latest/chaos.json"), JSON.stringify({ experiments }));
    expect((await readBaseline(folder.path)).experiments).to.deep.equal(experiments);
  });

  it("tells GitHub why nothing could be run", async () => {
    const run = await runScript("chaos/cli.ts", ["--only", "nothing,\u001b"], {
      GITHUB_ACTIONS: "true",
    });
    expect(run.code).to.equal(3);
    expect(run.stderr).to.match(/^There is no experiment/);
    expect(run.stderr).to.match(
      /^::error title=Outage drill could not run::There is no experiment/m,
    );
  });
});
