import { expect } from "chai";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StackOutputs } from "../../../infra/outputs.ts";
import { runScript } from "../support/run-script.ts";

const outputs: StackOutputs = {
  productApiUrl: "http://127.0.0.1:1/_aws/execute-api/12345/dev/productApi",
  productsTableName: "Products",
  region: "us-east-1",
  endpoint: "http://127.0.0.1:1",
  experimentTemplates: {},
};

/** A `pulumi` that answers as the CLI does. */
const standIn = `#!/bin/sh
[ "$*" = "stack output --json --non-interactive --stack $STACK" ] || { echo "unexpected: $*" >&2; exit 9; }
case "$STACK" in
  gone) echo "error: no stack named 'gone' found" >&2; exit 255;;
  empty) echo "{}";;
  other) echo '{"region": "us-east-1"}';;
  here) echo '${JSON.stringify(outputs)}';;
  garbled) echo "Please upgrade";;
esac
`;

describe("npm run chaos -- --stack", function () {
  this.timeout(60_000);
  let directory: string;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), "pulumi-"));
    await writeFile(join(directory, "pulumi"), standIn);
    await chmod(join(directory, "pulumi"), 0o755);
  });

  after(() => rm(directory, { recursive: true }));

  it("takes the outputs that the Pulumi CLI prints", async () => {
    const args = ["--stack", "here", "--reports", directory];
    const run = await runScript("chaos/cli.ts", args, { PATH: withStandIn(), STACK: "here" });
    expect(run.stderr).to.match(/^Nothing answers at http:\/\/127\.0\.0\.1:1 /);
    expect(run.code).to.equal(3);
  });

  it("says in one sentence why it cannot, and exits with 3", async () => {
    const cases: [string, string, RegExp][] = [
      [
        "local",
        "/nowhere",
        /^The Pulumi CLI is not on the PATH: install it, or give .* --outputs FILE\.$/,
      ],
      [
        "gone",
        withStandIn(),
        /^pulumi stack output --stack gone failed: no stack named 'gone' found\.$/,
      ],
      ["empty", withStandIn(), /^Stack empty has no outputs: run pulumi up --stack empty first\.$/],
      [
        "other",
        withStandIn(),
        /^The stack outputs in stack other are not of this program \(output productApiUrl is missing\); /,
      ],
      ["garbled", withStandIn(), /^Cannot read stack outputs from stack garbled \(.*Please.*\)/],
    ];
    for (const [stack, PATH, sentence] of cases) {
      const args = ["--stack", stack, "--reports", directory];
      const run = await runScript("chaos/cli.ts", args, { PATH, STACK: stack });
      expect(run.stderr.trim()).to.match(sentence).and.not.include("\n");
      expect(run.code, stack).to.equal(3);
      expect(run.stdout).to.equal("");
    }
  });

  function withStandIn(): string {
    return `${directory}:${process.env["PATH"] ?? ""}`;
  }
});
