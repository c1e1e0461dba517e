import { expect } from "chai";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseCliOptions } from "../../chaos/cli-options.ts";
import { UsageError } from "../../command-line/usage-error.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const names = ["outage", "latency"];

describe("parseCliOptions", () => {
  it("runs everything by default", () => {
    const options = parseCliOptions([], names);
    expect(options).to.deep.equal({
      objective: [],
      abortOnFail: false,
      untilFailure: false,
      only: [],
      config: {},
      template: [],
      all: false,
      repeat: 1,
      json: false,
      allowAws: false,
      rehearseAws: false,
      list: false,
      dryRun: false,
      verbose: false,
      version: false,
      help: false,
    });
  });

  it("takes several experiments", () => {
    const { only, json } = parseCliOptions(["--only", "latency", "--only=outage", "--json"], names);
    expect(only).to.deep.equal(["latency", "outage"]);
    expect(json).to.be.true;
  });

  it("takes a seed and a number of repetitions", () => {
    const options = parseCliOptions(["--seed", "2f", "--repeat", "20", "--all"], names);
    expect(options).to.include({ seed: "2f", repeat: 20, all: true });
  });

  it("takes the workload of the program's folder", async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, "drill"));
    await writeFile(join(folder.path, "drill/workload.ts"), "export default {};");
    const options = parseCliOptions(
      ["--program", folder.path, "--only", "dynamodb-slow", "--config", "a:b=c=d"],
      names,
    );
    expect(options.workload).to.equal(join(folder.path, "drill/workload.ts"));
    expect(options.config).to.deep.equal({ "a:b": "c=d" });
  });

  it("says in one sentence what is wrong", () => {
    const wrong: [string[], string][] = [
      [["--only", "x"], 'There is no experiment "x"; choose one of outage, latency.'],
      [["--only", "latncy"], 'There is no experiment "latncy"; did you mean latency?'],
      [["outage"], "Unexpected argument 'outage'; did you mean --only outage?"],
      [["--list", "--dry-run"], "--list and --dry-run exclude each other; give one of them."],
      [["--fast"], "Unknown option '--fast'; npm run chaos -- --help lists the options."],
      [["now"], "Unexpected argument 'now'; npm run chaos -- --help lists the options."],
      [["--stack", "aws", "--outputs", "x"], "--stack and --outputs exclude each other; give one"],
      [["--stack", "aws", "--rehearse-aws"], "--stack and --rehearse-aws exclude each other"],
      [["--program", "x", "--stack", "aws"], "--program deploys a program, and --stack is a stack"],
      [["--endpoint", "http://127.0.0.1:1"], "--endpoint alone names no stack"],
      [["--config", "x"], "--config x sets nothing: give a key and a value"],
      [["--all", "--only", "outage"], "--all and --only exclude each other; give one of them."],
      [["--repeat", "0"], '--repeat must be a whole number from 1 to 10000, not "0".'],
      [["--repeat", "often"], '--repeat must be a whole number from 1 to 10000, not "often".'],
      [["--only"], "Option '--only <value>' argument missing; npm run chaos -- --help lists"],
    ];
    for (const [args, sentence] of wrong)
      expect(() => parseCliOptions(args, names))
        .to.throw(UsageError)
        .with.property("message")
        .that.includes(sentence)
        .and.not.includes("\n");
  });
});
