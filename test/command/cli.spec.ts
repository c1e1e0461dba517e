import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { commands } from "../../command/commands.ts";
import { isNodeNewEnough, neededNode, tooOldNode } from "../../command-line/needed-node.js";
import { outageDrill } from "./outage-drill.ts";

describe("outage-drill", function () {
  this.timeout(60_000);

  it("prints its version", async () => {
    const manifest = JSON.parse(await readFile("package.json", "utf8")) as { version: string };
    for (const option of ["--version", "-v"])
      expect(await outageDrill([option])).to.deep.equal({
        exitCode: 0,
        output: `${manifest.version}\n`,
      });
  });

  it("prints its help, with every command and examples of commands that exist", async () => {
    for (const args of [[], ["--help"], ["-h"], ["help"]]) {
      const { exitCode, output } = await outageDrill(args);
      expect(exitCode).to.equal(0);
      for (const name of Object.keys(commands))
        expect(output).to.match(new RegExp(`^  ${name} `, "m"));
      const examples = [...output.matchAll(/^ {2}npx outage-drill (\S+)/gm)].map(
        ([, name]) => name,
      );
      expect(examples.length).to.be.greaterThan(3);
      expect(Object.keys(commands)).to.include.members(examples);
    }
  });

  for (const name of Object.keys(commands))
    it(`prints the help of ${name}, also as help ${name}`, async () => {
      const { exitCode, output } = await outageDrill([name, "--help"]);
      expect(output).to.match(/^(Usage: )?(npm run|npx outage-drill) /);
      expect(exitCode).to.equal(0);
      expect(await outageDrill(["help", name])).to.deep.equal({ exitCode, output });
    });

  for (const [word, sentence] of Object.entries({
    rnu: "outage-drill has no command rnu; did you mean run?",
    docter: "outage-drill has no command docter; did you mean doctor?",
    constructor:
      "outage-drill has no command constructor; choose one of run, cloud, load, scenario, check, policy, redrive, report, init, doctor.",
    "--verison": "outage-drill has no option --verison; did you mean --version?",
    "--only":
      "outage-drill has no option --only; give a command first, such as outage-drill run --only.",
  }))
    it(`refuses ${word}`, async () => {
      expect(await outageDrill([word])).to.deep.equal({ exitCode: 3, output: `${sentence}\n` });
    });

  for (const [args, exitCode, sentence] of [
    [["run", "--onyl", "outage"], 3, "Unknown option '--onyl'; did you mean --only?"],
    [["cloud", "--prot", "1"], 3, "Unknown option '--prot'; did you mean --port?"],
    [["policy", "--stakc", "local"], 3, "Unknown option '--stakc'; did you mean --stack?"],
    [["redrive", "--endpiont", "x"], 3, "Unknown option '--endpiont'; did you mean --endpoint?"],
    [["init", "--progarm", "."], 3, "Unknown option '--progarm'; did you mean --program?"],
    [["doctor", "--wokload", "x"], 3, "Unknown option '--wokload'; did you mean --workload?"],
  ] as const)
    it(`asks whether another option was meant: ${args.join(" ")}`, async () => {
      expect(await outageDrill(args)).to.deep.equal({ exitCode, output: `${sentence}\n` });
    });

  for (const command of ["run", "policy", "init"])
    it(`names a folder without a program in one sentence: ${command}`, async () => {
      const folder = await mkdtemp(join(tmpdir(), "empty-"));
      try {
        const { exitCode, output } = await outageDrill([command], folder);
        expect(output).to.match(/^There is no Pulumi\.yaml in [^\n]*--program DIR\.\n$/);
        expect(exitCode).to.equal(3);
      } finally {
        await rm(folder, { recursive: true });
      }
    });

  it("tells a Node.js that is too old from one that is not", () => {
    for (const version of ["18.20.8", "20.20.2", "22.18.9", "9.99.99"])
      expect(isNodeNewEnough(version), version).to.equal(false);
    for (const version of [neededNode, "22.20.0", "23.0.0", "24.21.0", "100.0.0"])
      expect(isNodeNewEnough(version), version).to.equal(true);
    expect(tooOldNode("20.20.2")).to.match(
      /needs Node\.js 22\.19 or newer, and this is 20\.20\.2: /,
    );
  });
});
