import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "chai";
import type { Application } from "../../command/init/application.ts";
import { draftWorkload } from "../../command/init/draft-workload.ts";
import { outageDrill } from "./outage-drill.ts";
import { typeCheck } from "./type-check.ts";

const project = fileURLToPath(new URL("../../", import.meta.url));

const nothing: Application = {
  project: "app",
  urlOutputs: [],
  routes: [],
  tables: [],
  queues: [],
  topics: [],
  buckets: [],
};
const table = {
  type: "aws:dynamodb/table:Table",
  name: "lines",
  keys: [
    { name: "order-id", type: "S" },
    { name: "line", type: "N" },
  ],
};
const queue = {
  type: "aws:sqs/queue:Queue",
  name: "jobs",
  isFifo: true,
  isDeadLetterQueue: false,
};
const bucket = { type: "aws:s3/bucketV2:BucketV2", name: "files" };
const topic = { type: "aws:sns/topic:Topic", name: "events" };

describe("outage-drill init", function () {
  this.timeout(120_000);

  let folder = "";

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "init-"));
    await cp(join(project, "test/command/programs/counter"), folder, { recursive: true });
    await symlink(join(project, "node_modules"), join(folder, "node_modules"));
  });

  afterEach(() => rm(folder, { recursive: true }));

  it("drafts a workload that type-checks, and lists its open points", async () => {
    const { exitCode, output } = await outageDrill(["init"], folder);
    expect(output).to.equal(
      [
        "drill/workload.ts: drafted, with 4 open points. Say there",
        "  - the body of a write, with its key and its value",
        "  - which part of the answer is the value",
        "  - which attribute of an item of counters is the value",
        "  - which effects the messages of failed stand for: receive them without deleting any",
        "It imports @aws-sdk/client-dynamodb and @aws-sdk/client-sqs: npm i -D @aws-sdk/client-dynamodb @aws-sdk/client-sqs",
        "Then: npx outage-drill doctor",
        "",
      ].join("\n"),
    );
    expect(exitCode).to.equal(0);
    const file = join(folder, "drill/workload.ts");
    const text = await readFile(file, "utf8");
    for (const line of [
      " *   outputs that are addresses: url",
      " *   routes: POST /counters, GET /counters/{id}",
      " *   tables: counters (id)",
      " *   queues: failed (dead letters), jobs",
      'const path = "/counters";',
      "`/counters/${encodeURIComponent(key)}`",
      'jobs: await depthOf(app, "jobs"),',
    ])
      expect(text).to.contain(line);
    expect(text).to.not.contain('depthOf(app, "failed")');
    expect(typeCheck(file)).to.deep.equal([]);
  });

  it("names the command that looks where the draft is", async () => {
    const { output } = await outageDrill(["init", "--out", "my drills/counter.ts"], folder);
    expect(output).to.match(/^Then: npx outage-drill doctor --workload "my drills\/counter\.ts"$/m);
  });

  it("never overwrites a workload", async () => {
    await outageDrill(["init"], folder);
    const file = join(folder, "drill/workload.ts");
    await writeFile(file, "// mine\n");
    expect(await outageDrill(["init"], folder)).to.deep.equal({
      exitCode: 3,
      output:
        "drill/workload.ts exists already: remove it, or have the draft elsewhere with --out FILE.\n",
    });
    expect(await readFile(file, "utf8")).to.equal("// mine\n");
  });

  it("prints the draft alone with --out -, whatever the program prints", async () => {
    const index = join(folder, "index.ts");
    await writeFile(index, `${await readFile(index, "utf8")}\nconsole.log("hello");\n`);
    const start = join(project, "command/start.js");
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [start, "init", "--out", "-"],
      { cwd: folder },
    );
    expect(stdout)
      .to.match(/^\/\*\*\n/)
      .and.to.contain("export default workload;\n");
    expect(stderr).to.equal("hello\n");
  });

  it("reads a program whose files lie in the folder of main, from elsewhere", async () => {
    await cp(join(folder, "index.ts"), join(folder, "src/index.ts"));
    await rm(join(folder, "index.ts"));
    await writeFile(join(folder, "Pulumi.yaml"), "name: moved\nruntime: nodejs\nmain: src/\n");
    const { exitCode, output } = await outageDrill(["init", "--program", folder], project);
    expect(output).to.match(/workload\.ts: drafted, with 4 open points/);
    expect(exitCode).to.equal(0);
    expect(await readFile(join(folder, "drill/workload.ts"), "utf8")).to.contain("knows of moved");
  });

  it("names what is missing, and the program's own error", async () => {
    await writeFile(join(folder, "index.ts"), 'throw new Error("no region");\n');
    expect(await outageDrill(["init"], folder)).to.deep.equal({
      exitCode: 3,
      output: "no region\n",
    });
    await rm(join(folder, "Pulumi.yaml"));
    const { exitCode, output } = await outageDrill(["init"], folder);
    expect(output).to.match(/^There is no Pulumi\.yaml in \S+: change to the folder .*\n$/);
    expect(exitCode).to.equal(3);
  });

  for (const [title, application, parts] of [
    ["nothing at all", nothing, ['say("how a caller makes a write', 'say("where an acknowledged']],
    [
      "an address and no route",
      { ...nothing, urlOutputs: ["url"] },
      ['say("the path of a write', 'app.output("url")'],
    ],
    [
      "several routes to write by",
      {
        ...nothing,
        urlOutputs: ["url"],
        routes: [
          { method: "POST", path: "/a" },
          { method: "PUT", path: "/b" },
        ],
      },
      ['say("the path of a write'],
    ],
    [
      "a FIFO queue and a table with two keys",
      { ...nothing, queues: [queue], tables: [table] },
      [
        "MessageGroupId: write.key",
        "ordered: true",
        '`${String(item["order-id"]?.S)}/${String(item["line"]?.N)}`',
      ],
    ],
    ["a bucket", { ...nothing, buckets: [bucket] }, ["new PutObjectCommand", "objectsOf(app"]],
    [
      "a topic and a bucket",
      { ...nothing, topics: [topic], buckets: [bucket] },
      ["PublishCommand"],
    ],
    [
      "names that are no identifiers",
      { ...nothing, urlOutputs: ['the "url"'], tables: [{ ...table, name: "my-table" }] },
      ['app.output("the \\"url\\"")', '"my-table": await itemsOf'],
    ],
  ] as const)
    it(`drafts what type-checks for ${title}`, async () => {
      const file = join(folder, "workload.ts");
      const text = draftWorkload(application, "workload.ts");
      await writeFile(file, text);
      for (const part of parts) expect(text).to.contain(part);
      expect(typeCheck(file)).to.deep.equal([]);
    });
});
