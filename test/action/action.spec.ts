import { expect } from "chai";
import { helpText } from "../../chaos/cli-options.ts";
import { readAction } from "./run-action.ts";

const action = await readAction();
const { steps } = action.runs;
const text = steps.find(({ id }) => id === "drill")?.run ?? "";

describe("action.yml", () => {
  it("gives outage-drill run only options that it has", () => {
    const help = helpText([]);
    const options = [...text.matchAll(/ (--[a-z]+)$/gm), ...text.matchAll(/\((--[a-z]+) /g)].map(
      ([, option = ""]) => option,
    );
    expect(options).to.include.members(["--reports", "--workload", "--baseline"]);
    for (const option of options) expect(help, option).to.match(new RegExp(`${option}\\b`));
  });

  it("passes every input on, and none of them as part of a script", () => {
    for (const { run = "" } of steps) expect(run).not.to.include("${{");
    const used = JSON.stringify(steps);
    for (const name of Object.keys(action.inputs)) expect(used).to.include(`inputs.${name}`);
    for (const { env = {}, run = "" } of steps)
      for (const name of Object.keys(env)) expect(run, name).to.match(new RegExp(`\\b${name}\\b`));
  });

  it("runs its commands in bash, and its reports are uploaded whatever came of the drill", () => {
    for (const step of steps) if (step.run) expect(step).to.include({ shell: "bash" });
    const uploads = steps.filter(({ uses }) => uses?.startsWith("actions/upload-artifact@"));
    expect(uploads.map(({ with: given }) => given?.archive)).to.deep.equal([false, undefined]);
    for (const upload of uploads) expect(upload.if).to.match(/^always\(\) && /);
  });
});
