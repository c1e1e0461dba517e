import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { startAnalyzer } from "../../policy/evaluate/analyzer.ts";
import { FORMS } from "../../policy/evaluate/evaluate-program.ts";
import type { RuleInfo } from "../../policy/evaluate/read-analysis.ts";
import { untilMet } from "../support/until-met.ts";
import { analyze, PACK_URL, resourcesOf } from "./support/analyze.ts";

/** How the Pulumi CLI boots a pack of the runtime nodejs, now and before. */
const BOOTSTRAPS: Record<string, string[]> = {
  "run-plugin": [fileURLToPath(PACK_URL), "127.0.0.1:1"],
  "run-policy-pack": ["127.0.0.1:1", fileURLToPath(PACK_URL)],
};

describe("the policy pack", function () {
  this.timeout(60_000);

  let rules: readonly RuleInfo[];

  before(async () => {
    const analyzer = await startAnalyzer(PACK_URL);
    ({ rules } = analyzer);
    await analyzer.stop();
  });

  it("says of each rule how bad a violation is and what to do about it", () => {
    for (const { name, description, severity, remediationSteps, url } of rules) {
      expect(name).to.match(/^[a-z]+(-[a-z]+)+$/);
      expect(description, name).to.match(/^Checks[ ,].*[^.]\.$/);
      expect(severity, name).to.be.oneOf(["low", "medium", "high", "critical"]);
      expect(remediationSteps, name).to.match(/^[A-Z].*\.$/);
      expect(url, name).to.match(/^https:\/\/docs\.aws\.amazon\.com\//);
    }
    expect(new Set(rules.map(({ name }) => name)).size).to.equal(rules.length);
  });

  it("names in its remedies no file and no setting of this project", () => {
    for (const { name, description, remediationSteps } of rules)
      expect(`${description} ${remediationSteps}`, name).to.not.match(
        /\b(infra|functions|chaos|local|policy|packages)\/|\.(ts|js|ya?ml)\b|configuration key/,
      );
  });

  for (const stack of ["local", "aws"])
    for (const form of FORMS)
      it(`finds nothing in the program on stack ${stack} (${form}), not even a doubt`, async () => {
        const { diagnostics } = await analyze(await resourcesOf(stack, form));
        expect(diagnostics).to.deep.equal([]);
      });

  it("refuses a setting that a rule does not have, once, whichever kind of rule it is", async () => {
    const { diagnostics } = await analyze(await resourcesOf("local", "update"), {
      config: {
        "queue-visibility-covers-function": { faktor: 9 },
        "table-is-encrypted": { key: "mine" },
      },
    });
    expect(diagnostics.map(({ message }) => message)).to.deep.equal([
      "The pack's configuration gives queue-visibility-covers-function a setting faktor that it does not have. Write factor.",
      "The pack's configuration gives table-is-encrypted a setting key that it does not have. Write none.",
    ]);
  });

  it("says why a rule does not apply", async () => {
    const { notApplicable } = await analyze(await resourcesOf("local", "update"));
    expect(notApplicable).to.deep.include({
      rule: "table-has-deletion-protection",
      reason: "The table is in an emulated cloud, where nothing is kept.",
    });
    expect(notApplicable).to.deep.include({
      rule: "experiment-role-is-limited",
      reason: "The stack declares no FIS experiment template.",
    });
  });

  it("applies no rule on queues to a stack without queues", async () => {
    const { notApplicable, diagnostics } = await analyze([]);
    expect(diagnostics).to.deep.equal([]);
    expect(notApplicable).to.deep.include({
      rule: "queue-has-dead-letter-queue",
      reason: "No queue of the stack feeds a function.",
    });
  });

  for (const [bootstrap, args] of Object.entries(BOOTSTRAPS))
    it(`is loaded by the Pulumi CLI's ${bootstrap}`, async () => {
      const script = fileURLToPath(
        new URL(`../node_modules/@pulumi/pulumi/cmd/${bootstrap}/index.js`, PACK_URL),
      );
      const child = spawn(process.execPath, [script, ...args], {
        cwd: fileURLToPath(PACK_URL),
        stdio: ["ignore", "pipe", "inherit"],
      });
      const exited = once(child, "exit");
      try {
        const said = await Promise.race([
          once(createInterface({ input: child.stdout }), "line").then(
            ([port]) => `port ${String(port)}`,
          ),
          exited.then(([code]) => `exit code ${String(code)}`),
        ]);
        expect(said).to.match(/^port \d+$/);
      } finally {
        child.kill();
        await exited;
      }
    });

  it("ends with the process that started it, however that ends", async function () {
    if (!existsSync("/proc/self/task")) this.skip();
    const module = new URL("../../policy/evaluate/analyzer.ts", import.meta.url).href;
    const source = `const { startAnalyzer } = await import(${JSON.stringify(module)});
      await startAnalyzer(new URL(${JSON.stringify(PACK_URL.href)}));
      console.log("started");`;
    const parent = spawn(process.execPath, ["--input-type=module", "--eval", source], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(createInterface({ input: parent.stdout }), "line");
    const id = String(parent.pid);
    const children = await readFile(`/proc/${id}/task/${id}/children`, "utf8");
    const [pack = ""] = children.trim().split(" ");
    expect(pack).to.match(/^\d+$/);
    parent.kill("SIGKILL");
    await untilMet("The pack to end", () =>
      Promise.resolve(existsSync(`/proc/${pack}`) ? undefined : true),
    );
  });
});
