import { expect } from "chai";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Summary } from "../../../chaos/report/summary.ts";
import type { StackOutputs } from "../../../infra/outputs.ts";
import { startCloud } from "../../../local/cloud.ts";
import { startDrillCloud } from "../../../local/drill-cloud.ts";
import { runScript } from "../support/run-script.ts";

const outputs: StackOutputs = {
  productApiUrl: "https://abc.execute-api.us-east-1.amazonaws.com/dev/productApi",
  productsTableName: "Products",
  productEventsQueueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/Queue",
  region: "us-east-1",
  experimentTemplates: {},
  experimentTemplateIds: { outage: "EXT1" },
};

describe("npm run chaos -- --outputs", function () {
  this.timeout(120_000);
  let directory: string;
  let file: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "outputs-"));
    file = join(directory, "outputs.json");
  });

  afterEach(() => rm(directory, { recursive: true }));

  it("drills a stack that is there, through the Chaos API where FIS refuses", async () => {
    const cloud = await startDrillCloud({ localstackActions: false });
    try {
      await writeFile(file, JSON.stringify(cloud.outputs));
      const only = ["outage", "slow-database", "outage-without-write-buffer"];
      const markdown = join(directory, "summary.md");
      const run = await drill(
        "--json",
        ...only.flatMap((name) => ["--only", name]),
        ...["--summary", markdown],
      );
      const { experiments } = JSON.parse(run.stdout) as Summary;
      expect(experiments[0]).to.deep.include({
        experiment: "outage",
        outcome: "held",
        injector: "Chaos API",
        failure: "dynamodb fails with 500 DynamoDbException",
        problems: [],
      });
      expect(
        experiments.slice(1).map(({ outcome, notApplicable }) => [outcome, notApplicable]),
      ).to.deep.equal([
        [
          "not-applicable",
          "the Chaos API delays every call of every service or none, and this experiment delays dynamodb alone",
        ],
        [
          "not-applicable",
          "it needs a stack with writeBuffer: false, and this one has writeBuffer: true",
        ],
      ]);
      expect(run.code).to.equal(0);
      expect(await readFile(markdown, "utf8"))
        .to.include("## ✔ Outage drill: 1 of 1 experiments held")
        .and.to.match(/^\| outage \| held \| \d+ \| 0 \| 0 \|/m);
      expect(await readFile(join(directory, "junit.xml"), "utf8"))
        .to.match(/^<testsuite name="outage" tests="\d+" failures="0" errors="0"/m)
        .and.to.include('name="verification: every acknowledged write is in the table');
      for (const path of ["faults", "effects"]) {
        const answer = await fetch(`${cloud.endpoint}/_localstack/chaos/${path}`);
        expect(await answer.json()).to.deep.equal(path === "faults" ? [] : { latency: 0 });
      }
    } finally {
      await cloud.close();
    }
  });

  it("drills a stack without the write buffer, and says what needs it", async () => {
    const config = { writeBuffer: "false" };
    const cloud = await startDrillCloud({ localstackActions: false, config });
    try {
      await writeFile(file, JSON.stringify(cloud.outputs));
      const only = ["outage", "outage-without-write-buffer"];
      const run = await drill("--json", ...only.flatMap((name) => ["--only", name]));
      const { experiments } = JSON.parse(run.stdout) as Summary;
      expect(experiments.map(({ outcome }) => outcome)).to.deep.equal(["not-applicable", "held"]);
      expect(experiments[1]).to.include({ injector: "Chaos API" });
      expect(run.stderr).not.to.include("warning:");
    } finally {
      await cloud.close();
    }
  });

  it("exits with 3 when none of the experiments can be had", async () => {
    const cloud = await startDrillCloud({ localstackActions: false });
    try {
      await writeFile(file, JSON.stringify(cloud.outputs));
      const run = await drill("--only", "slow-database");
      expect(run.stdout).to.include(
        "slow-database: not applicable: the Chaos API delays every call",
      );
      expect(run.code).to.equal(3);
    } finally {
      await cloud.close();
    }
  });

  it("names a rule that nobody has signed before anything is injected", async () => {
    const cloud = await startDrillCloud();
    try {
      await writeFile(file, JSON.stringify(cloud.outputs));
      const error = { code: "InternalServerError", statusCode: 500 };
      const left = [{ service: "dynamodb", operation: "Scan", error }];
      await fetch(`${cloud.endpoint}/_localstack/chaos/faults`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(left),
      });
      const run = await drill("--only", "outage");
      expect(run.code).to.equal(3);
      expect(run.stdout).to.equal("");
      expect(run.stderr).to.match(
        /^Somebody else perturbs this stack: the rule \{.*"operation":"Scan".*\} of the Chaos API, which no drill has put there; .*curl -X DELETE .*\n$/,
      );
    } finally {
      await cloud.close();
    }
  });

  it("says in one sentence that the stack's cloud has lost the stack, and exits with 3", async () => {
    const cloud = await startCloud();
    try {
      await writeFile(
        file,
        JSON.stringify({ ...outputs, endpoint: cloud.endpoint, productApiUrl: cloud.endpoint }),
      );
      const run = await drill();
      expect(run.stderr).to.equal(
        `The stack's cloud at ${cloud.endpoint} has no table Products: deploy the stack again.\n`,
      );
      expect(run.stdout).to.equal("");
      expect(run.code).to.equal(3);
    } finally {
      await cloud.close();
    }
  });

  it("says in one sentence why a stack cannot be drilled, and exits with 3", async () => {
    const cases: [Partial<StackOutputs>, RegExp][] = [
      [
        {
          endpoint: "http://127.0.0.1:1",
          productApiUrl: "http://127.0.0.1:1/_aws/execute-api/12345/dev/productApi",
        },
        /^Nothing answers at http:\/\/127\.0\.0\.1:1 \(ECONNREFUSED\): start the stack's cloud/,
      ],
      [
        { endpoint: "http://127.0.0.1:1" },
        /^The stack's endpoint http:\/\/127.* is an emulator and its productApiUrl is on AWS/,
      ],
      [
        { productApiUrl: "http://localhost:4566/_aws/execute-api/12345/dev/productApi" },
        /^The stack's outputs name no endpoint, as on AWS, but productApiUrl is on this machine/,
      ],
      [
        { endpoint: "https://dynamodb.us-east-1.amazonaws.com" },
        /^The stack's endpoint https:\/\/dynamodb.* is AWS itself: deploy it without/,
      ],
      [
        { endpoint: "https://dynamodb.cn-north-1.amazonaws.com.cn" },
        /^The stack's endpoint https:\/\/dynamodb.* is AWS itself: deploy it without/,
      ],
      [{}, /^AWS did not let the drill be prepared \(CredentialsProviderError: /],
    ];
    for (const [changes, sentence] of cases) {
      await writeFile(file, JSON.stringify({ ...outputs, ...changes }));
      const run = await drill("--allow-aws");
      expect(run.stderr.trim()).to.match(sentence).and.not.include("\n");
      expect(run.code).to.equal(3);
    }
  });

  /** With a shell that has no AWS credentials. */
  function drill(...args: string[]) {
    return runScript("chaos/cli.ts", ["--outputs", file, "--reports", directory, ...args], {
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SHARED_CREDENTIALS_FILE: join(directory, "none"),
      AWS_CONFIG_FILE: join(directory, "none"),
      AWS_ACCESS_KEY_ID: "",
      AWS_SECRET_ACCESS_KEY: "",
      AWS_PROFILE: "",
    });
  }
});
