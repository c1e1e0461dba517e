import { expect } from "chai";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FleetHistory } from "../../../chaos/fleet/fleet-history.ts";
import { judgeFleet } from "../../../chaos/fleet/judge-fleet.ts";
import { narrowTo } from "../../../chaos/fleet/store-reader.ts";
import { Tally } from "../../../chaos/fleet/tally.ts";
import type { Verdict } from "../../../chaos/harness/checker.ts";
import type { Op } from "../../../chaos/harness/history.ts";
import { judgeRun } from "../../../chaos/harness/judge/judge-run.ts";
import { Random } from "../../../chaos/harness/random.ts";
import type { StoreLook } from "../../../chaos/harness/stores.ts";
import type { Effect, Found } from "../../../chaos/workload-contract.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { workerLine } from "../support/history-lines.ts";
import { read } from "../support/judge.ts";
import { effect } from "../support/judge-stores.ts";
import { write } from "../support/op.ts";

type Contents = Readonly<Record<string, Found>>;

interface Options {
  readonly clockErrorMs?: number;
  readonly drained?: boolean;
  readonly givenUp?: readonly Effect[];
  readonly endMs?: number;
}

const lookOf = (contents: Contents, startMs: number): StoreLook => ({
  startMs,
  endMs: startMs + 1,
  stores: { table: new Map(Object.entries(contents)) },
});

/** Judges what each worker has sent, through files and the external sort. */
async function judge(
  workers: readonly (readonly Op[])[],
  contents: Contents,
  { clockErrorMs = 0, drained = true, givenUp = [], endMs = 10_000 }: Options = {},
): Promise<Verdict> {
  await using folder = await temporaryFolder();
  const files = await Promise.all(
    workers.map(async (ops, at) => {
      const file = join(folder.path, `${String(at)}.jsonl`);
      const lines = ops.map((op, index) => JSON.stringify({ ...op, index }));
      const worker = workerLine({
        id: String(at),
        worker: `${String(at + 1)}/${String(workers.length)}`,
      });
      await writeFile(file, [worker, ...lines, ""].join("\n"));
      return file;
    }),
  );
  await using history = await FleetHistory.read(files, {
    folder: folder.path,
    chunkCharacters: 500,
  });
  const tally = new Tally();
  const looks = [lookOf(contents, endMs), lookOf(contents, endMs + 10)] as const;
  await judgeFleet({
    ...{ history, tally, drained, givenUp, clockErrorMs },
    firstLook: (keys) => Promise.resolve(narrowTo(looks[0], keys)),
    secondLook: (keys) => Promise.resolve(narrowTo(looks[1], keys)),
    untilSecondLook: () => Promise.resolve(),
    workload: {},
    temporaryFolder: folder.path,
  });
  return tally.verdict(0, clockErrorMs);
}

const kindsOf = ({ counts }: Verdict) =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

describe("Histories of several workers", () => {
  it("hold when what was acknowledged is there", async () => {
    const verdict = await judge(
      [
        [write("a", "1", [0, 10]), write("a", "2", [20, 30])],
        [write("b", "1", [0, 10], { type: "queued" })],
      ],
      { a: "2", b: "1" },
    );
    expect(verdict.result).to.equal("valid");
    expect(verdict.evidence).to.deep.include({ all: 2, queued: 1 });
  });

  it("name what is lost, stale and a phantom, with the worker that sent it", async () => {
    const verdict = await judge(
      [
        [write("a", "1", [0, 10])],
        [write("b", "1", [0, 10]), write("b", "2", [20, 30])],
        [write("c", "1", [0, 10])],
      ],
      { b: "1", c: "other" },
    );
    expect(verdict.result).to.equal("invalid");
    expect(kindsOf(verdict)).to.deep.equal({ lost: 1, stale: 1, phantom: 1 });
    expect(verdict.anomalies.map(({ key, expected }) => [key, expected?.worker])).to.deep.include([
      "a",
      "1/3",
    ]);
  });

  it("are judged key by key as a drill judges them all at once", async () => {
    for (const seed of Array.from({ length: 20 }, (_, at) => String(at))) {
      const { ops, contents } = randomRun(new Random(`fleet/${seed}`));
      const whole = judgeRun({
        history: ops,
        initial: {},
        looks: [lookOf(contents, 10_000), lookOf(contents, 10_010)],
        ...{ givenUp: [], drained: true, faultFired: true },
      });
      const parts = await judge([ops], contents);
      expect(parts.result, seed).to.equal(whole.result);
      expect(parts.counts, seed).to.deep.equal(whole.counts);
      expect(parts.evidence, seed).to.deep.equal(whole.evidence);
    }
  });

  it("are judged in parts, whichever part a key of a write with several effects is in", async () => {
    const keys = Array.from({ length: 1_500 }, (_, at) => `key-${String(at)}`);
    const both = [
      { key: "first", put: "1" },
      { key: "zero", put: "1" },
    ];
    const ops = keys.map((key, at) => write(key, "1", [at, at + 1]));
    const contents = Object.fromEntries([...keys, "first", "zero"].map((key) => [key, "1"]));
    const verdict = await judge([[...ops, effect(both, [0, 10])]], contents);
    expect(kindsOf(verdict)).to.deep.equal({});
    expect(verdict.evidence.all).to.equal(1_501);
  });

  it("count and list, and find writes of several effects that show in part", async () => {
    const several = [
      { key: "x", put: "1" },
      { key: "y", put: "1" },
    ];
    const verdict = await judge(
      [
        [
          effect({ key: "n", add: 1 }, [0, 10]),
          effect(several, [0, 10], { type: "info" }),
          effect({ key: "l", append: "e" }, [20, 30]),
        ],
        [effect({ key: "n", add: 1 }, [0, 10])],
      ],
      { n: 1, x: "1", l: ["e", "e"] },
    );
    expect(kindsOf(verdict)).to.deep.equal({ lost: 1, torn: 1, duplicated: 1 });
  });

  describe("whose clocks differ", () => {
    /** One worker's write after the other's, in truth, with a clock that is late by so much. */
    const crossing = (lateMs: number) => [
      [write("a", "1", [1_000, 1_010])],
      [write("a", "2", [1_050 - lateMs, 1_060 - lateMs])],
    ];

    for (const offMs of [5, 500]) {
      it(`raise no false alarm with clocks ${String(offMs)} ms off, given that bound`, async () => {
        // In truth "2" was written last, and is there.
        const held = await judge(crossing(offMs), { a: "2" }, { clockErrorMs: offMs });
        expect(held.result).to.equal("valid");
      });
    }

    it("name the bound that would explain an anomaly", async () => {
      const verdict = await judge(crossing(500), { a: "2" }, { clockErrorMs: 1 });
      expect(verdict.result).to.equal("invalid");
      expect(verdict.reasons.join(" ")).to.match(/1 of 1 anomaly would .* --clock-error 500/);
    });

    it("keep the order of what one worker alone has sent, however far its clock is off", async () => {
      const ops = [write("a", "1", [0, 10]), write("a", "2", [20, 30])];
      const verdict = await judge([ops], { a: "1" }, { clockErrorMs: 500 });
      expect(kindsOf(verdict)).to.deep.equal({ stale: 1 });
      const right = await judge([ops], { a: "2" }, { clockErrorMs: 500 });
      expect(right.evidence.all).to.equal(1);
    });

    it("excuse what may have been sent after the look", async () => {
      const late = [[write("a", "1", [9_000, 9_990])]];
      expect((await judge(late, {}, { clockErrorMs: 5 })).result).to.equal("invalid");
      expect((await judge(late, {}, { clockErrorMs: 500 })).result).to.equal("valid");
    });
  });

  it("explain no loss of one worker's by clocks", async () => {
    const verdict = await judge([[write("a", "1", [0, 10])], [read(undefined, [0, 1])]], {});
    expect(kindsOf(verdict)).to.have.property("lost");
    const alone = await judge([[write("b", "1", [0, 10])], []], {});
    expect(alone.reasons).to.deep.equal([]);
  });
});

/** Writes and reads of a few keys, and contents that are right most of the time. */
function randomRun(random: Random): { ops: Op[]; contents: Contents } {
  const contents: Record<string, string> = {};
  const ops = Array.from({ length: random.int(1, 40) }, (_, at): Op => {
    const key = random.pick(["a", "b", "c", "d", "e"]);
    const [value, start] = [random.pick([String(at), "1"]), random.int(0, 300)] as const;
    const times = [start, start + random.int(0, 40)] as const;
    if (random.chance(0.3))
      return { ...read(random.pick([undefined, value]), times), key, index: at };
    const type = random.pick(["ok", "ok", "queued", "info", "fail"] as const);
    if (type !== "fail" && random.chance(0.7)) contents[key] = value;
    return { ...write(key, value, times, { type }), index: at };
  });
  return { ops, contents };
}
