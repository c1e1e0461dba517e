import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { parse } from "yaml";
import { helpText } from "../../chaos/cli-options.ts";
import { readAction } from "../action/run-action.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { readDocument } from "./support/markdown.ts";

interface Job {
  readonly script?: readonly string[];
  readonly steps?: readonly { readonly uses?: string; readonly with?: object }[];
  readonly artifacts?: { readonly paths: string[]; readonly reports: { readonly junit: string } };
}

const { blocks, text } = await readDocument("docs/ci.md");
const block = (comment: string) => blocks.find((each) => each.comment === comment)?.text ?? "";

describe("docs/ci.md", () => {
  it("has a workflow that actionlint accepts", async function () {
    await using folder = await temporaryFolder();
    const file = join(folder.path, "drill.yml");
    await writeFile(file, block("workflow"));
    try {
      await promisify(execFile)("actionlint", [file]);
    } catch (error) {
      const { code, stdout } = error as { code?: unknown; stdout?: string };
      if (code !== "ENOENT") throw new Error(stdout, { cause: error });
      console.log("      not run: actionlint not installed");
      this.skip();
    }
  });

  it("gives the action inputs that it has, and names all of them", async () => {
    const { inputs, outputs } = await readAction();
    const { jobs } = parse(block("workflow")) as { readonly jobs: Readonly<Record<string, Job>> };
    const uses = Object.values(jobs).flatMap(({ steps = [] }) => steps);
    const own = uses.find((step) => step.uses?.includes("/outage-drill@"));
    expect(Object.keys(inputs)).to.include.members(Object.keys(own?.with ?? {}));
    const rows = [...text.matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, name]) => name);
    expect(rows).to.have.members(Object.keys(inputs));
    for (const name of Object.keys(outputs)) expect(text).to.include(`\`${name}\``);
  });

  it("has a job for GitLab whose options exist, and whose artifacts a drill writes", () => {
    const { drill } = parse(block("gitlab")) as { readonly drill: Job };
    const [command = ""] = drill.script?.filter((line) => line.includes("outage-drill run")) ?? [];
    const options = [...command.matchAll(/ (--[a-z-]+)/g)].map(([, option = ""]) => option);
    expect(options).to.include("--reports");
    for (const option of options) expect(helpText([])).to.match(new RegExp(`${option}\\b`));
    expect(drill.artifacts?.reports.junit).to.equal("reports/junit.xml");
    expect(command).to.include("--reports reports ");
    expect(drill.artifacts?.paths).to.deep.equal(["reports/"]);
  });
});
