import { expect } from "chai";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Op } from "../../../chaos/harness/history.ts";
import { readHistory } from "../../../chaos/fleet/read-history.ts";
import type { HistoryPart } from "../../../chaos/fleet/read-history.ts";
import { failureOf } from "../../support/failure-of.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { endLine, sentLine, workerLine } from "../support/history-lines.ts";
import { write } from "../support/op.ts";

describe("readHistory", () => {
  async function read(
    content: string | Buffer,
  ): Promise<{ parts: HistoryPart[]; ops: Op[]; file: string }> {
    await using folder = await temporaryFolder();
    const file = join(folder.path, "worker.jsonl");
    await writeFile(file, content);
    const ops: Op[] = [];
    const parts = await readHistory(file, ({ op }) => ops.push(op));
    return { parts, ops, file };
  }

  const one = JSON.stringify(write("a", "1", [100, 110], { index: 0 }));
  const two = JSON.stringify(write("b", "2", [120, 130], { index: 1 }));

  it("reads requests, plain and compressed, with blank lines and the ends of lines of Windows", async () => {
    const text = `${one}\r\n\n${two}\n`;
    for (const content of [text, gzipSync(text)]) {
      const { parts, ops } = await read(content);
      expect(ops.map(({ key }) => key)).to.deep.equal(["a", "b"]);
      expect(parts).to.have.length(1);
      expect(parts[0]).to.include({ requests: 2, unanswered: 0 });
      expect(parts[0]?.cutOffAt).to.equal(undefined);
    }
  });

  it("takes a last line that has no end of line and is whole", async () => {
    const { parts, ops } = await read(`${one}\n${two}`);
    expect(ops).to.have.length(2);
    expect(parts[0]?.cutOffAt).to.equal(undefined);
  });

  it("names the last line where it stops in the middle, and keeps what is before it", async () => {
    for (const end of [two.slice(0, 40), two.slice(0, 1), `${two.slice(0, -2)}ü`.slice(0, -1)]) {
      const { parts, ops } = await read(`${one}\n${end}`);
      expect(ops).to.have.length(1);
      expect(parts[0]).to.include({ requests: 1, cutOffAt: 2 });
    }
  });

  it("reads what there is of a compressed history that stops in the middle", async () => {
    const lines = Array.from({ length: 20_000 }, (_, index) =>
      JSON.stringify(
        write(`key-${String((index * 7919) % 9973)}`, String(index), [index, index + 1], { index }),
      ),
    );
    const whole = gzipSync(`${lines.join("\n")}\n`);
    const { parts, ops } = await read(whole.subarray(0, whole.length / 2));
    expect(ops.length).to.be.within(1, lines.length - 1);
    expect(parts[0]?.cutOffAt).to.equal(ops.length + 1);
  });

  it("counts a write that was sent and did not end as unanswered", async () => {
    const { parts, ops } = await read(
      [
        workerLine({ worker: "2/4" }),
        sentLine(write("a", "1", [100, 0], { index: 0 })),
        sentLine(write("b", "2", [120, 0], { index: 1 })),
        two,
        "",
      ].join("\n"),
    );
    expect(parts[0]).to.include({ requests: 1, unanswered: 1 });
    expect(ops.map(({ key, type, endMs }) => [key, type, endMs])).to.deep.equal([
      ["b", "ok", 130],
      ["a", "info", 130],
    ]);
  });

  it("tells apart the workers whose histories stand in one file, and what came after an end", async () => {
    const { parts } = await read(
      [
        workerLine({ worker: "1/2", id: "x" }),
        one,
        endLine(1),
        workerLine({ worker: "2/2", id: "y" }),
        one,
        endLine(1),
        two,
        "",
      ].join("\n"),
    );
    expect(
      parts.map(({ worker, requests, end }) => [worker?.worker, requests, end?.requests]),
    ).to.deep.equal([
      ["1/2", 1, 1],
      ["2/2", 2, undefined],
    ]);
  });

  const good = JSON.parse(one) as Record<string, unknown>;
  const line = (change: Record<string, unknown>) => JSON.stringify({ ...good, ...change });
  const bad: Readonly<Record<string, readonly [string, RegExp]>> = {
    "a line that is no JSON": ["{no}", /line 2: it is no JSON/],
    "a list": ["[1]", /line 2: it is no JSON object/],
    "no type": [
      line({ type: undefined }),
      /line 2: type \(missing\) is none of ok, queued, fail, info/,
    ],
    "an unknown type": [line({ type: "OK" }), /line 2: type "OK" is none of/],
    "no kind": [line({ kind: "cas" }), /line 2: kind "cas" is neither write nor read/],
    "a key that is no text": [line({ key: 7 }), /line 2: key 7 is no text/],
    "no time": [line({ invokeMs: "100" }), /line 2: invokeMs "100" is no number of milliseconds/],
    "no end": [line({ endMs: undefined }), /line 2: endMs \(missing\) is no number/],
    "an end before the beginning": [
      line({ endMs: 99 }),
      /line 2: it ends \(endMs\) before it begins/,
    ],
    "a write of nothing": [
      line({ value: undefined }),
      /line 2: a write needs value, a text, or effects/,
    ],
    "effects that are none": [
      line({ value: undefined, effects: [{ key: "a", put: 3 }] }),
      /line 2: effects returned .*"put":3/,
    ],
    "an index that is no count": [line({ index: -1 }), /line 2: index -1 is no count/],
    "something found that is nothing": [
      line({ kind: "read", found: { a: 1 } }),
      /line 2: found \{"a":1\} is no text, number or list/,
    ],
    "another version": [
      workerLine({ version: 2 }),
      /line 2: format "outage-drill-history", version 2, is not/,
    ],
    "bytes that are no text": [
      Buffer.from([0x22, 0xff, 0x22]).toString("latin1"),
      /line 2: it is no JSON object/,
    ],
  };
  for (const [name, [text, message]] of Object.entries(bad))
    it(`refuses ${name}, with the file and the line`, async () => {
      const error = await failureOf(read(`${one}\n${text}\n${two}\n`));
      expect(error.name).to.equal("CannotRunError");
      expect(error.message)
        .to.match(/worker\.jsonl, line/)
        .and.match(message);
    });

  it("refuses what is no UTF-8, and a file that is not there", async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${one}\n"`),
      Buffer.from([0xff]),
      Buffer.from('"\n'),
    ]);
    expect((await failureOf(read(bytes))).message).to.match(
      /worker\.jsonl, from line \d: no UTF-8/,
    );
    const missing = await failureOf(readHistory("/nowhere/worker.jsonl", () => undefined));
    expect(missing.message).to.equal("Cannot read the history /nowhere/worker.jsonl (ENOENT).");
  });
});
