import { expect } from "chai";
import { readdir, readFile } from "node:fs/promises";
import { experiments } from "../../chaos/experiments/index.ts";

const directory = new URL("../../chaos/experiments/", import.meta.url);

describe("chaos/experiments", () => {
  it("lists every folder, and nothing else", async () => {
    const entries = await readdir(directory, { withFileTypes: true });
    const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    expect(experiments.map(({ name }) => name).sort()).to.deep.equal(folders.sort());
  });

  it("has a README with the same headings in every folder", async () => {
    for (const { name } of experiments) {
      const readme = await readFile(new URL(`${name}/README.md`, directory), "utf8");
      const headings = readme.split("\n").filter((line) => line.startsWith("#"));
      expect(headings, name).to.deep.equal([
        `# ${name}`,
        "## Hypothesis",
        "## What it verifies",
        "## How it works",
        "## What holds",
        "## What to change",
      ]);
    }
  });

  it("runs experiments of one stack configuration one after the other", () => {
    const configs = experiments.map(({ config }) => JSON.stringify(config));
    const changes = configs.filter((config, index) => config !== configs[index - 1]);
    expect(changes).to.have.lengthOf(new Set(configs).size);
  });

  it("checks in every experiment that nothing is lost and nothing stale", () => {
    for (const { checks, name } of experiments)
      expect(
        checks.verify.map((check) => check.name),
        name,
      ).to.include("every acknowledged write is in the table, the last one of each key");
  });
});
