import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const PROGRAM = [
  "index.ts",
  "chaos/experiments",
  "infra",
  "functions",
  "package.json",
  "packages",
  "Pulumi.yaml",
  "Pulumi.local.yaml",
  "Pulumi.aws.yaml",
];

describe("npm run policy", function () {
  this.timeout(60_000);

  let scratch: string;

  beforeEach(async () => {
    scratch = await mkdtemp(path.join(tmpdir(), "policy-"));
    for (const entry of PROGRAM)
      await cp(path.join(PROJECT, entry), path.join(scratch, entry), { recursive: true });
    await symlink(path.join(PROJECT, "node_modules"), path.join(scratch, "node_modules"));
  });

  afterEach(() => rm(scratch, { recursive: true }));

  /** Changes a file of the scratch copy as a developer would. */
  async function edit(file: string, from: string | RegExp, to: string): Promise<void> {
    const target = path.join(scratch, file);
    const before = await readFile(target, "utf8");
    const text = before.replace(from, to);
    expect(text, `${file} has no ${String(from)}`).to.not.equal(before);
    await writeFile(target, text);
  }

  async function policy(...args: string[]) {
    const script = path.join(PROJECT, "policy/cli.ts");
    const child = spawn(process.execPath, [script, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));
    const [code] = (await once(child, "close")) as [number];
    return { code, ...output };
  }

  it("passes the program as it is", async () => {
    const { code, stdout } = await policy("--program", scratch);
    expect(stdout).to.match(
      /^stack aws: \d+ rules, 0 violations\n\nstack local: \d+ rules, 0 violations\n$/,
    );
    expect(code).to.equal(0);
  });

  it("refuses a visibility timeout of 5 s and says what to do", async () => {
    await edit(
      "packages/write-buffer/src/write-buffer.ts",
      "visibilityTimeoutSeconds: VISIBILITY_TIMEOUTS * functionTimeoutSeconds",
      "visibilityTimeoutSeconds: 5",
    );
    const { code, stdout } = await policy("--program", scratch, "--stack", "local");
    expect(stdout).to.contain("queue-visibility-covers-function (high)");
    expect(stdout).to.contain(
      "✗ Queue write-buffer-queue hides a message 5 s while function write-buffer-retry-function works on it, so another receives it before the first is done. Set visibilityTimeoutSeconds to at least 60 (6 × 10 s).\n",
    );
    expect(stdout).to.match(/ rules, 1 violation\n$/);
    expect(code).to.equal(1);
  });

  it("refuses a queue whose dead-letter queue was removed", async () => {
    await edit(
      "packages/write-buffer/src/write-buffer.ts",
      "redrivePolicy: pulumi.jsonStringify(redrivePolicy),",
      "",
    );
    const { code, stdout } = await policy("--program", scratch, "--stack", "local");
    expect(stdout).to.contain("queue-has-dead-letter-queue (critical)");
    expect(stdout).to.contain(
      "✗ Queue write-buffer-queue feeds a function and has no dead-letter queue, so a message that can never succeed blocks or is lost. Set its redrivePolicy.\n",
    );
    expect(stdout).to.contain(
      "What to do: Set the queue's redrivePolicy to the ARN of a dead-letter queue and a maxReceiveCount of at least 5.\n",
    );
    expect(stdout).to.match(/ rules, 1 violation\n$/);
    expect(code).to.equal(1);
  });

  it("refuses a policy that was widened to *, before and after the update", async () => {
    await edit(
      "infra/product-api.ts",
      'actions: ["dynamodb:GetItem"], resource: tableArn',
      'actions: ["dynamodb:*"], resource: "*"',
    );
    const { code, stdout } = await policy("--program", scratch, "--stack", "local", "--json");
    const { stacks } = JSON.parse(stdout) as { stacks: { violations: object[] }[] };
    const [{ violations } = { violations: [] }] = stacks;
    const level = "mandatory";
    const fn = { rule: "no-wildcard-call", resource: "product-api-get-function", level };
    const policyOf = {
      rule: "no-wildcard-permission",
      resource: "product-api-get-policy",
      level,
      forms: ["update"],
    };
    expect(violations).to.have.deep.members([
      {
        ...fn,
        message:
          "The policy of function product-api-get-function allows the action dynamodb:*. Name the actions that are called.",
        forms: ["preview"],
      },
      {
        ...fn,
        message:
          "The policy of function product-api-get-function allows dynamodb:* on *. Name the ARN of the resource.",
        forms: ["preview"],
      },
      {
        ...policyOf,
        message:
          "RolePolicy product-api-get-policy allows the action dynamodb:*. Name the actions that are called.",
      },
      {
        ...policyOf,
        message:
          "RolePolicy product-api-get-policy allows dynamodb:* on *. Name the ARN of the resource.",
      },
    ]);
    expect(code).to.equal(1);
  });

  it("reads the stack's tags, and refuses faults in production", async () => {
    const tagged = "config:\n  pulumi:tags:\n    environment: production\n";
    await edit("Pulumi.aws.yaml", "config:\n", tagged);
    const { code, stdout } = await policy("--program", scratch, "--stack", "aws");
    expect(stdout).to.contain(
      "✗ Experiment aws-experiments-outage injects faults in a stack tagged environment: production. Declare it in a stack of its own.\n",
    );
    expect(stdout).to.match(/ rules, 1 violation\n$/);
    expect(code).to.equal(1);
  });

  it("says how tags are written that are not a map", async () => {
    await edit("Pulumi.aws.yaml", "config:\n", "config:\n  pulumi:tags: production\n");
    const { code, stderr } = await policy("--program", scratch, "--stack", "aws");
    expect(stderr).to.equal(
      "The configuration key pulumi:tags of stack aws is production, which is not a map: write it as a tag and its value, such as environment: staging.\n",
    );
    expect(code).to.equal(3);
  });

  /** Runs with a configuration of the pack. */
  async function configured(packConfig: object) {
    const file = path.join(scratch, "pack.json");
    await writeFile(file, JSON.stringify(packConfig));
    const options = ["--program", scratch, "--stack", "local", "--policy-pack-config", file];
    return { file, ...(await policy(...options)) };
  }

  it("takes settings and enforcement levels as the Pulumi CLI does", async () => {
    const { code, stdout } = await configured({
      all: "advisory",
      "queue-visibility-covers-function": { factor: 9 },
      "queue-has-dead-letter-queue": { enforcementLevel: "disabled", minimumReceives: 100_000 },
    });
    expect(stdout).to.contain("  ? Queue write-buffer-queue hides a message 60 s");
    expect(stdout).to.match(/ rules, 1 violation\n$/);
    expect(code).to.equal(1);
  });

  for (const [title, { packConfig, says }] of Object.entries({
    "a setting that the rule does not have": {
      packConfig: { "queue-visibility-covers-function": { faktor: 9 } },
      says: "gives queue-visibility-covers-function a setting faktor that it does not have: write factor.",
    },
    "a setting of a rule that has none": {
      packConfig: { "table-is-encrypted": { factor: 9 } },
      says: "gives table-is-encrypted a setting factor that it does not have: write none.",
    },
    "a wrong value": {
      packConfig: { "queue-visibility-covers-function": { factor: "nine" } },
      says: "gives queue-visibility-covers-function a wrong factor: Invalid input: expected number, received string.",
    },
    "a rule that there is not": {
      packConfig: { "queue-is-visible": {} },
      says: "names a rule queue-is-visible, which the pack does not have.",
    },
  }))
    it(`refuses ${title}`, async () => {
      const { code, stderr, file } = await configured(packConfig);
      expect(stderr).to.equal(`${file} ${says}\n`);
      expect(code).to.equal(3);
    });

  it("refuses before the update what hides in JSON with an ARN in it", async () => {
    await edit("packages/write-buffer/src/write-buffer.ts", "settings.maxReceiveCount", "2");
    await edit("packages/write-buffer/src/queue-policy.ts", /Condition: .*/, "");
    await edit(
      "packages/write-buffer/src/lambda-function.ts",
      "resource: pulumi.interpolate`${logGroup.arn}:*`",
      'resource: "*"',
    );
    const { code, stdout } = await policy("--program", scratch, "--stack", "local", "--json");
    const { stacks } = JSON.parse(stdout) as {
      stacks: { violations: { rule: string; resource: string; forms: string[] }[] }[];
    };
    const violations = stacks.flatMap((stack) => stack.violations);
    const found = violations.map(
      ({ rule, resource, forms }) => `${rule} ${resource} ${forms.join()}`,
    );
    const functions = ["product-api-add", "product-api-get", "write-buffer-retry"];
    const both = "preview,update";
    expect(found).to.have.members([
      `queue-has-dead-letter-queue write-buffer-queue ${both}`,
      `retries-outlast-retention write-buffer-queue ${both}`,
      `queue-policy-names-its-source write-buffer-queue-policy ${both}`,
      `queue-policy-names-its-source write-buffer-dead-letter-queue-policy ${both}`,
      ...functions.map((name) => `no-wildcard-call ${name}-function preview`),
      ...functions.map((name) => `no-wildcard-permission ${name}-policy update`),
    ]);
    expect(code).to.equal(1);
  });

  it("says what is missing where there is no program", async () => {
    const { code, stderr } = await policy("--program", scratch, "--stack", "nowhere");
    expect(stderr).to.equal(
      `There is no Pulumi.nowhere.yaml in ${scratch}: give --stack one of aws, local.\n`,
    );
    expect(code).to.equal(3);
  });

  it("names the error of a program that fails", async () => {
    await edit(
      "Pulumi.local.yaml",
      "outage-drill:accessKey: test",
      "outage-drill:accessKey: AKIAX",
    );
    const { code, stderr } = await policy("--program", scratch, "--stack", "local");
    expect(stderr).to.match(/^Configuration accessKey is a real AWS key and endpoint is not AWS/);
    expect(code).to.equal(3);
  });
});
