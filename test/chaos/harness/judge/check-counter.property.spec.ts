import { expect } from "chai";
import fc from "fast-check";
import type { Op } from "../../../../chaos/harness/history.ts";
import { effect, judgeStores, sight } from "../../support/judge-stores.ts";

/** Few and small, so that every outcome can be tried. */
const anyAdd = fc.record({
  amount: fc.integer({ min: -3, max: 4 }),
  sentMs: fc.nat({ max: 20 }),
  tookMs: fc.nat({ max: 8 }),
  type: fc.constantFrom<Op["type"]>("ok", "queued", "info", "fail"),
});
const anyRun = fc.record({
  adds: fc.array(anyAdd, { maxLength: 6 }),
  initial: fc.integer({ min: -3, max: 3 }),
  readMs: fc.nat({ max: 30 }),
  readTookMs: fc.nat({ max: 8 }),
});

type Add = Pick<Op, "type" | "invokeMs" | "endMs"> & { readonly amount: number };

describe("checkCounter, held against every outcome of small histories", () => {
  it("blames no look that some outcome explains, and each that lies outside of all", () => {
    fc.assert(
      fc.property(anyRun, ({ adds, initial }) => {
        const all = adds.map(toAdd);
        const sums = sumsOf(all, initial, ({ type }) => type !== "info");
        for (const found of around(sums)) {
          const kinds = judge(all.map(toOp), initial, found);
          if (sums.has(found)) expect(kinds, String(found)).to.deep.equal([]);
          else if (isOutside(found, sums)) expect(kinds, String(found)).to.have.lengthOf(1);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("blames no read that some outcome explains, and each that lies outside of all", () => {
    fc.assert(
      fc.property(anyRun, ({ adds, initial, readMs, readTookMs }) => {
        const all = adds.map(toAdd);
        const ended = readMs + readTookMs;
        const sent = all.filter(({ invokeMs }) => invokeMs <= ended);
        const sums = sumsOf(sent, initial, ({ type, endMs }) => type === "ok" && endMs < readMs);
        const end = Math.max(...sumsOf(all, initial, ({ type }) => type !== "info"));
        for (const found of around(sums)) {
          const history = [...all.map(toOp), sight(found, [readMs, ended])];
          // Of a counter that only grows, the look also has to show what the read has shown.
          const kinds = judge(history, initial, end).filter((kind) => kind !== "vanished-item");
          if (sums.has(found)) expect(kinds, String(found)).to.deep.equal([]);
          else if (isOutside(found, sums)) expect(kinds, String(found)).to.have.lengthOf(1);
        }
      }),
      { numRuns: 400 },
    );
  });

  it("blames nothing that a counter shows which applies each add once", () => {
    fc.assert(
      fc.property(
        anyRun,
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        fc.array(fc.nat({ max: 28 }), { maxLength: 5 }),
        ({ adds, initial }, happens, reads) => {
          const all = adds.map(toAdd);
          const applied = all.filter(({ type }, at) =>
            type === "info" ? happens[at] : type !== "fail",
          );
          const valueAt = (ms: number) =>
            applied.reduce((sum, { endMs, amount }) => sum + (endMs <= ms ? amount : 0), initial);
          const history = [
            ...all.map(toOp),
            ...reads.map((ms) => sight(valueAt(ms), [ms, ms + 1])),
          ];
          expect(judge(history, initial, valueAt(Infinity))).to.deep.equal([]);
        },
      ),
      { numRuns: 400 },
    );
  });
});

function toAdd({
  amount,
  sentMs,
  tookMs,
  type,
}: {
  amount: number;
  sentMs: number;
  tookMs: number;
  type: Op["type"];
}): Add {
  return { amount, type, invokeMs: sentMs, endMs: sentMs + tookMs };
}

function toOp({ amount, type, invokeMs, endMs }: Add): Op {
  return effect({ key: "a", add: amount }, [invokeMs, endMs], { type });
}

/** The sum with each subset of those adds that need not have happened. */
function sumsOf(
  adds: readonly Add[],
  initial: number,
  isCertain: (add: Add) => boolean,
): Set<number> {
  let sums = new Set([initial]);
  for (const add of adds) {
    if (add.type === "fail") continue;
    const added = [...sums].map((sum) => sum + add.amount);
    sums = new Set(isCertain(add) ? added : [...sums, ...added]);
  }
  return sums;
}

function around(sums: ReadonlySet<number>): number[] {
  const least = Math.min(...sums) - 2;
  return Array.from({ length: Math.max(...sums) + 3 - least }, (_, at) => least + at);
}

function isOutside(found: number, sums: ReadonlySet<number>): boolean {
  return found < Math.min(...sums) || found > Math.max(...sums);
}

function judge(history: readonly Op[], initial: number, found: number): string[] {
  const { anomalies } = judgeStores(history, [{ table: { a: found } }], {
    initial: { table: { a: initial } },
  });
  return anomalies.map(({ kind }) => kind);
}
