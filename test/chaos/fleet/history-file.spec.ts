import { expect } from "chai";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { HistoryFile } from "../../../chaos/fleet/history-file.ts";
import type { WorkerLine } from "../../../chaos/fleet/history-line.ts";
import { failureOf } from "../../support/failure-of.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { workerLine } from "../support/history-lines.ts";
import { write } from "../support/op.ts";

const worker = JSON.parse(workerLine()) as WorkerLine;

describe("HistoryFile", () => {
  async function create(path: string, problems: Error[] = []): Promise<HistoryFile> {
    return HistoryFile.create(path, worker, (problem) => problems.push(problem));
  }
  const toLines = (text: string) =>
    text.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as object]));
  const linesOf = async (path: string) => toLines(await readFile(path, "utf8"));

  it("has a write before it is sent, whatever else waits for the disk", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "h.jsonl");
    const history = await create(path);
    for (let at = 0; at < 500; at += 1)
      history.append({ ...write("r", "x".repeat(1_000), [0, 1]), kind: "read" });
    const index = await history.begin(write("a", "1", [0, 1]));
    // At once, so that nothing can get there after all.
    const text = readFileSync(path, "utf8");
    const sent = toLines(text).flatMap((line) => ("sent" in line ? [line.sent] : []));
    expect(sent).to.have.length(1);
    expect(sent[0]).to.include({ key: "a", value: "1", index });
    history.append(write("a", "1", [0, 1]), index);
    await history.close();
  });

  it("ends with the number of requests, and has every line whole and in order", async () => {
    await using folder = await temporaryFolder();
    const path = join(folder.path, "h.jsonl");
    const history = await create(path);
    await Promise.all(
      Array.from({ length: 300 }, async (_, at) => {
        const index = await history.begin(write(String(at), "v", [0, 1]));
        history.append(write(String(at), "v", [0, 1]), index);
      }),
    );
    await history.close();
    const lines = await linesOf(path);
    expect(lines).to.have.length(602);
    expect(lines[0]).to.include({ format: "outage-drill-history" });
    expect(lines.at(-1)).to.have.nested.property("end.requests", 300);
  });

  it("says once that the disk is full, and refuses a file that exists", async () => {
    const problems: Error[] = [];
    const full = await failureOf(create("/dev/full", problems));
    expect(full.message).to.match(/The history \/dev\/full exists/);
    await using folder = await temporaryFolder();
    const missing = await failureOf(create(join(folder.path, "no", "h.jsonl")));
    expect(missing.message).to.match(/^Cannot write the history .*h\.jsonl \(ENOENT\)\.$/);
  });

  it("stops where the disk does not keep up", async () => {
    await using folder = await temporaryFolder();
    const problems: Error[] = [];
    const history = await create(join(folder.path, "h.jsonl"), problems);
    const large = write("a", "x".repeat(1 << 20), [0, 1]);
    // All in one turn of the event loop, in which no disk can take anything.
    for (let at = 0; at < 40; at += 1) history.append(large);
    expect(problems.map(({ message }) => message)).to.have.length(1);
    expect(problems[0]?.message).to.match(
      /The disk of .* does not keep up: \d+ lines wait for it; lower --rate/,
    );
    await history.close();
  });
});
