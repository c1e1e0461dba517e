import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { type RegisteredResource, runProgram } from "../infra/support/run-program.ts";
import { toTerraform } from "./to-terraform.ts";

const run = promisify(execFile);
const pluginDirectory = process.env["OUTAGE_DRILL_TF_PLUGIN_DIR"];

interface Diagnostic {
  summary: string;
  detail: string;
  address?: string;
}

/** The provider's own validation of what the stack `aws` adds for its experiments. */
describe("the experiments of the stack aws, as the Terraform provider validates them", function () {
  this.timeout(120_000);

  let directory: string;

  before(async function () {
    const problem = pluginDirectory
      ? await run("terraform", ["version"]).then(
          () => undefined,
          () => "terraform is not on the PATH",
        )
      : "OUTAGE_DRILL_TF_PLUGIN_DIR does not name a folder with the AWS provider";
    if (problem !== undefined) {
      console.log(`    not validated: ${problem}`);
      this.skip();
    }
    directory = await mkdtemp(join(tmpdir(), "outage-drill-validate-"));
  });

  after(async () => {
    if (directory) await rm(directory, { recursive: true });
  });

  async function validate(resources: readonly RegisteredResource[]): Promise<string[]> {
    await writeFile(join(directory, "main.tf.json"), JSON.stringify(toTerraform(resources)));
    const cwd = { cwd: directory };
    await run("terraform", ["init", "-backend=false", `-plugin-dir=${pluginDirectory ?? ""}`], cwd);
    const { stdout } = await run("terraform", ["validate", "-json"], cwd).catch(
      (error: unknown) => error as { stdout: string },
    );
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: Diagnostic[] };
    return diagnostics.map(({ address = "", summary, detail }) =>
      `${address}: ${summary} ${detail}`.trimEnd(),
    );
  }

  /** The major one. */
  async function providerVersion(): Promise<number> {
    const { stdout } = await run("terraform", ["version", "-json"], { cwd: directory });
    const { provider_selections: selected } = JSON.parse(stdout) as {
      provider_selections: Record<string, string>;
    };
    return Number.parseInt(selected["registry.terraform.io/hashicorp/aws"] ?? "", 10);
  }

  const lambdaFaults = {
    lambdaFaults: "true",
    fisExtensionLayerArn: "arn:aws:lambda:us-east-1:211125607513:layer:aws-fis-extension-x86_64:9",
  };

  it("takes every one of them", async () => {
    const { resources } = await runProgram({ stack: "aws" });
    expect(await validate(resources)).to.deep.equal([]);
  });

  it("takes the faults of functions, but for a target key that provider 5 does not know", async () => {
    const { resources } = await runProgram({ stack: "aws", overrides: lambdaFaults });
    const problems = await validate(resources);
    if ((await providerVersion()) >= 6) {
      expect(problems).to.deep.equal([]);
      return;
    }
    // Known from version 6 on (hashicorp/terraform-provider-aws#41209).
    expect(problems).to.have.length(3);
    for (const problem of problems)
      expect(problem).to.match(
        /expected action\.0\.target\.0\.key to be one of .*, got Functions$/,
      );
    const withoutKey = resources.filter(
      ({ name }) => !/aws-experiments-(slow-functions|function-)/.test(name),
    );
    expect(await validate(withoutKey)).to.deep.equal([]);
  });
});
