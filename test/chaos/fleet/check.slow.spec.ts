import { expect } from "chai";
import { CreateTableCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { readFile, rm, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { awsClients } from "../../../chaos/harness/aws-clients.ts";
import type { Journal } from "../../../chaos/harness/journal.ts";
import type { Op } from "../../../chaos/harness/history.ts";
import { productValue } from "../../../chaos/product/product.ts";
import type { Summary } from "../../../chaos/report/summary.ts";
import { startCloud } from "../../../local/cloud.ts";
import { endLine, sentLine, workerLine } from "../support/history-lines.ts";
import { write } from "../support/op.ts";
import { runScript } from "../support/run-script.ts";

const valueOf = (name: string) => productValue({ name, price: "1", description: "" });

describe("outage-drill check", function () {
  this.timeout(120_000);

  let cloud: Awaited<ReturnType<typeof startCloud>>;
  let folder: string;
  /** Long enough ago that nothing of the run can still be under way. */
  const beganMs = Date.now() - 60_000;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "outage-drill-check-"));
    cloud = await startCloud();
    const { endpoint } = cloud;
    await writeFile(
      join(folder, "outputs.json"),
      JSON.stringify({
        productApiUrl: `${endpoint}/api`,
        productsTableName: "Products",
        region: "us-east-1",
        endpoint,
      }),
    );
    const { dynamodb, close } = awsClients({ endpoint, region: "us-east-1" });
    await dynamodb.send(
      new CreateTableCommand({
        TableName: "Products",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
      }),
    );
    for (const id of [...Array(150).keys()]
      .map((at) => `many-${String(at)}`)
      .concat("kept", "unanswered"))
      await dynamodb.send(
        new PutItemCommand({
          TableName: "Products",
          Item: { id: { S: id }, name: { S: id }, price: { N: "1" }, description: { S: "" } },
        }),
      );
    close();
  });

  after(async () => {
    await cloud.close();
    await rm(folder, { recursive: true });
  });

  let files = 0;
  async function history(...lines: (string | Op)[]): Promise<string> {
    const file = join(folder, `history-${String(files++)}.jsonl`);
    const texts = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
    await writeFile(file, `${texts.join("\n")}\n`);
    return file;
  }

  /** A write of a key's own name, so many milliseconds after the run began. */
  const sent = (key: string, atMs: number, more: Partial<Op> = {}) =>
    write(key, valueOf(key), [beganMs + atMs, beganMs + atMs + 10], { index: 0, ...more });

  async function check(histories: readonly string[], ...options: string[]) {
    const reports = join(folder, `reports-${String(files++)}`);
    const run = await runScript("command/check/cli.ts", [
      ...histories,
      ...["--outputs", join(folder, "outputs.json"), "--reports", reports, "--json", ...options],
    ]);
    const summary = run.stdout === "" ? undefined : (JSON.parse(run.stdout) as Summary);
    const journal = async () =>
      JSON.parse(await readFile(join(reports, "fleet.journal.json"), "utf8")) as Journal;
    return {
      ...run,
      reports,
      journal,
      row: summary?.experiments[0],
      said: run.stderr.replaceAll(/\n +/g, " "),
    };
  }

  it("holds when all is there, in plain and compressed histories and in folders of them", async () => {
    const plain = await history(workerLine(), sent("kept", 0), endLine(1));
    const many = [...Array(150).keys()].map((at) => sent(`many-${String(at)}`, at, { index: at }));
    const zipped = join(folder, "zipped.jsonl.gz");
    await writeFile(zipped, gzipSync(`${many.map((op) => JSON.stringify(op)).join("\n")}\n`));
    const run = await check([plain, zipped]);
    expect(run.code, run.stderr).to.equal(0);
    expect(run.row).to.include({ outcome: "held", acknowledged: 151, lost: 0, stale: 0 });
    expect(run.row?.evidence?.all).to.equal(151);
    expect(run.said).to.match(/No fault window was given: the verdict is on the data alone/);
  });

  it("does not hold when something is lost, and says who sent it", async () => {
    const file = await history(workerLine({ worker: "2/4" }), sent("gone", 0), endLine(1));
    const run = await check([file]);
    expect(run.code, run.stderr).to.equal(1);
    expect(run.row).to.include({ outcome: "not-held", lost: 1, unsafe: 1 });
    expect(run.stderr).to.match(/worker 2\/4 .* write gone/);
    const { verdict, outcome } = await run.journal();
    expect([verdict?.result, outcome]).to.deep.equal(["invalid", "not-held"]);
    const lines = await readFile(join(run.reports, "fleet.history.jsonl"), "utf8");
    expect(JSON.parse(lines)).to.include({ key: "gone", worker: "2/4" });
    const saved = JSON.parse(await readFile(join(run.reports, "chaos.json"), "utf8")) as Summary;
    expect(saved.exitCode).to.equal(1);
  });

  it("holds for a worker that was killed: what it had sent may be there, or not", async () => {
    const file = await history(
      workerLine({ worker: "3/4" }),
      sentLine(sent("kept", 0)),
      sent("kept", 0),
      sentLine(sent("unanswered", 20, { index: 1 })),
      sentLine(sent("gone", 30, { index: 2 })),
    );
    await writeFile(file, `${await readFile(file, "utf8")}{"sent":{"ind`);
    const run = await check([file]);
    expect(run.code, run.stderr).to.equal(0);
    expect(run.said).to.match(
      /Worker 3\/4 \(.*\) did not end in order after 1 request, and line 6 stops in the middle: 2 writes that it had sent without an answer count as unanswered\./,
    );
  });

  it("cannot tell where a history of another tool stops in the middle, or a worker's has gaps", async () => {
    const cut = await history(sent("kept", 0));
    await writeFile(cut, `${await readFile(cut, "utf8")}{"index":1,"kind":"wri`);
    const gap = await history(workerLine(), sent("kept", 0), endLine(3));
    for (const [file, reason] of [
      [cut, /stops in the middle of line 2: a request was sent that nothing is known of/],
      [gap, /lacks 2 of its 3 requests/],
    ] as const) {
      const run = await check([file]);
      expect(run.code, run.stderr).to.equal(2);
      expect(run.said).to.match(reason);
    }
  });

  it("tells what was written while the fault was in effect", async () => {
    const file = await history(
      workerLine(),
      sent("many-0", 0),
      sent("many-1", 1_000, { index: 1, type: "queued" }),
      sent("many-2", 3_000, { index: 2 }),
      endLine(3),
    );
    const iso = (ms: number) => new Date(beganMs + ms).toISOString();
    const run = await check([file], "--fault-window", `${iso(500)}/${iso(2_000)}`);
    expect(run.code, run.stderr).to.equal(0);
    expect(run.said).to.match(
      /1 acknowledged writes .* in it were able to show their loss, 1 of them/,
    );
    expect(run.row?.latency).to.have.all.keys("before", "during", "after");
    const quiet = await check([file], "--fault-window", `${iso(4_000)}/${iso(5_000)}`);
    expect(quiet.code, quiet.stderr).to.equal(2);
    expect(quiet.said).to.match(/The fault never fired/);
  });

  it("finds items under a worker's keys that nobody has written, where the stores are read whole", async () => {
    const workload = join(folder, "workload.ts");
    await writeFile(
      workload,
      `export default {
  next: (key) => key, effects: (key) => [{ key, put: key }], send: () => Promise.reject(new Error("no")),
  truth: () => Promise.resolve({ table: new Map([["fleet-1-a", "1"], ["fleet-1-b", "1"], ["other", "1"]]) }),
};\n`,
    );
    const file = await history(
      workerLine(),
      write("fleet-1-a", "1", [beganMs, beganMs + 10], { index: 0 }),
      endLine(1),
    );
    const run = await check([file], "--workload", workload);
    expect(run.code, run.stderr).to.equal(1);
    expect(run.row?.anomalies.join("\n")).to.match(
      /^phantom: fleet-1-b is there, and no worker has written it/,
    );
    expect(run.said).to.match(/has no truthOf, so the stores were read whole: 3 items in memory/);
  });

  it("says which bound of clocks it takes", async () => {
    const here = await history(workerLine(), sent("kept", 0), endLine(1));
    const elsewhere = await history(
      workerLine({ machine: "other", id: "b" }),
      sent("many-0", 0),
      endLine(1),
    );
    expect((await check([here])).said).to.match(
      /on this machine, judged with clocks that are up to 1 ms off/,
    );
    expect((await check([here, elsewhere])).said).to.match(/on 2 machines.*up to 100 ms off/);
    const given = await check([here, elsewhere], "--clock-error", "5");
    expect(given.said).to.match(/up to 5 ms off \(as --clock-error says\)/);
    expect(given.row?.clockErrorMs).to.equal(5);
  });

  it("cannot run with what it is given, and says what to do", async () => {
    const good = await history(workerLine(), sent("kept", 0), endLine(1));
    const bad = await history(sent("kept", 0), "{no}", sent("kept", 0));
    const future = await history(sent("kept", 0, { endMs: Date.now() + 10 * 60_000 }));
    const empty = join(folder, "empty.jsonl");
    await writeFile(empty, "");
    const copy = join(folder, "copy.jsonl");
    await writeFile(copy, await readFile(good));
    const cases: readonly (readonly [string[], RegExp])[] = [
      [[bad], /line 2: it is no JSON/],
      [[future], /requests that ended \d+ s from now/],
      [[empty], /no request; give the histories/],
      [[join(folder, "missing.jsonl")], /Cannot read the history .*missing\.jsonl \(ENOENT\)/],
      [[good, good], /is named twice/],
      [[good, copy], /both hold the history of one worker, 1\/1/],
      [[], /Give the histories to judge/],
      [[good, "--experiment", "EXPnone"], /FIS does not tell when experiment EXPnone ran/],
      [[good, "--fault-window", "noon"], /--fault-window noon is no interval/],
      [[good, "--clock-error", "-1"], /argument|no number of milliseconds/],
      [[good, "--outputz", "x"], /did you mean --outputs\?/],
    ];
    const runs = await Promise.all(cases.map(([args]) => check(args)));
    for (const [at, { code, stderr, stdout }] of runs.entries()) {
      expect(stderr).to.match(cases[at]?.[1] as RegExp);
      expect([code, stdout], stderr).to.deep.equal([3, ""]);
      expect(stderr).not.to.match(/^ +at /m);
    }
  });
});
