import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import { parse } from "yaml";
import { findNpmCommands, findProblem } from "../docs/support/scripts.ts";

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly permissions?: unknown;
  readonly "timeout-minutes"?: number;
  readonly steps: readonly Step[];
}

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

const run = promisify(execFile);
const folder = new URL("../../.github/workflows/", import.meta.url);
const names = await readdir(folder);
const files = await Promise.all(
  names.map(async (name) => ({ name, text: await readFile(new URL(name, folder), "utf8") })),
);

describe("The workflows", () => {
  for (const { name, text } of files)
    describe(name, () => {
      const workflow = parse(text) as Workflow;
      const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
      const commands = steps.flatMap((step) => step.run ?? []).join("\n");

      it("runs scripts and options that are there", async () => {
        const npm = findNpmCommands(`\`\`\`\n${commands}\n\`\`\``);
        expect(npm).not.to.have.lengthOf(0);
        for (const command of npm)
          expect(await findProblem(command), command.text).to.equal(undefined);
      });

      it("needs no secret and may only read, so that it runs for forks", () => {
        expect(text).not.to.match(/\bsecrets\./);
        expect(Object.keys(workflow.on)).not.to.include("pull_request_target");
        expect(workflow.permissions).to.deep.equal({ contents: "read" });
        for (const job of Object.values(workflow.jobs)) expect(job.permissions).to.equal(undefined);
      });

      it("leaves no token in the checkout", () => {
        const checkouts = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
        expect(checkouts).not.to.have.lengthOf(0);
        for (const step of checkouts) expect(step.with?.["persist-credentials"]).to.equal(false);
      });

      it("ends every job", () => {
        for (const job of Object.values(workflow.jobs))
          expect(job["timeout-minutes"]).to.be.within(1, 60);
      });

      it("satisfies actionlint", async function () {
        const path = fileURLToPath(new URL(name, folder));
        try {
          await run("actionlint", [path]);
        } catch (error) {
          const { code, stdout } = error as { code?: unknown; stdout?: string };
          if (code !== "ENOENT") throw new Error(stdout, { cause: error });
          console.log("      not run: actionlint not installed");
          this.skip();
        }
      });
    });

  it("on a pull request do lint, types, tests, policy, preview and drill", () => {
    const pullRequest = files.find(({ name }) => name === "pull-request.yml");
    for (const command of [
      "npm run lint",
      "npm run typecheck",
      "npm test",
      "npm run policy",
      "pulumi preview --stack local",
      "npm run chaos -- --reports reports/drill --badge reports/drill/badge.json",
      "uses: ./",
    ])
      expect(pullRequest?.text).to.include(command);
  });
});
