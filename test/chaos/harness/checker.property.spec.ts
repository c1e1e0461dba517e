import { expect } from "chai";
import fc from "fast-check";
import { check } from "../../../chaos/harness/checker.ts";
import type { CheckInput } from "../../../chaos/harness/check-input.ts";
import type { Verdict } from "../../../chaos/harness/checker.ts";
import { isAcknowledged } from "../../../chaos/harness/history.ts";
import type { Op } from "../../../chaos/harness/history.ts";
import { write } from "../support/op.ts";

/**
 * One write of the model: when it was sent, how long it took, and when inside that time the
 * application accepted it. An unacknowledged one may be accepted after its caller gave up, or never.
 */
const modelWrite = fc.record({
  key: fc.constantFrom("a", "b", "c"),
  invokeMs: fc.nat({ max: 100 }),
  tookMs: fc.nat({ max: 20 }),
  acceptedAfter: fc.double({ min: 0, max: 1, noNaN: true }),
  type: fc.constantFrom<Op["type"][]>("ok", "queued", "info", "fail"),
  lateMs: fc.nat({ max: 60 }),
  happened: fc.boolean(),
});

const anyRun = fc.array(modelWrite, { maxLength: 40 }).map((writes) => {
  const events = writes.map((each, index) => {
    const { key, invokeMs, tookMs, type } = each;
    const op = write(key, `value ${String(index)}`, [invokeMs, invokeMs + tookMs], { type });
    const late = type === "info" ? each.lateMs : 0;
    const acceptedMs = invokeMs + tookMs * each.acceptedAfter + late;
    return { op, acceptedMs, happened: isAcknowledged(op) || (type === "info" && each.happened) };
  });
  return { history: events.map(({ op }) => op), table: register(events) };
});

describe("check, on random runs of a model register", () => {
  it("never finds fault with a register that keeps the last accepted write", () => {
    fc.assert(
      fc.property(anyRun, ({ history, table }) => {
        expect(judge(history, table).anomalies).to.deep.equal([]);
      }),
      { numRuns: 500 },
    );
  });

  it("does not depend on the order of the records", () => {
    fc.assert(
      fc.property(anyRun, fc.infiniteStream(fc.nat()), ({ history, table }, order) => {
        const shuffled = history
          .map((op) => ({ op, at: order.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ op }) => op);
        expect(judge(shuffled, table).anomalies).to.deep.equal([]);
      }),
    );
  });

  it("finds every key that was dropped although a write of it was acknowledged", () => {
    fc.assert(
      fc.property(anyRun, ({ history, table }) => {
        for (const key of table.keys()) {
          const verdict = judge(history, without(table, key));
          const isAcked = history.some((op) => op.key === key && isAcknowledged(op));
          expect(found(verdict, key)).to.deep.equal(isAcked ? ["lost"] : []);
        }
      }),
    );
  });

  it("finds every older write that was put over a newer acknowledged one", () => {
    fc.assert(
      fc.property(anyRun, ({ history, table }) => {
        const acked = history.filter(isAcknowledged);
        for (const old of acked) {
          const isOlder = acked.some((op) => op.key === old.key && op.invokeMs > old.endMs);
          const verdict = judge(history, new Map(table).set(old.key, old.value ?? ""));
          const [kind] = found(verdict, old.key);
          if (isOlder) expect(kind).to.be.oneOf(["stale", "lost"]);
          else expect(kind).to.equal(undefined);
        }
      }),
    );
  });

  it("finds every value that nobody sent", () => {
    fc.assert(
      fc.property(anyRun, fc.constantFrom("a", "b", "z"), ({ history, table }, key) => {
        const verdict = judge(history, new Map(table).set(key, "never sent"));
        expect(found(verdict, key)).to.deep.equal(["phantom"]);
      }),
    );
  });

  it("is never valid while the queue has not drained", () => {
    fc.assert(
      fc.property(anyRun, ({ history, table }) => {
        expect(judge(history, table, { drained: false }).result).to.equal("unknown");
      }),
    );
  });
});

interface ModelEvent {
  readonly op: Op;
  readonly acceptedMs: number;
  readonly happened: boolean;
}

/** What the table has when the write accepted last wins, whenever it arrives. */
function register(events: readonly ModelEvent[]): Map<string, string> {
  const inOrder = events
    .filter(({ happened }) => happened)
    .sort((a, b) => a.acceptedMs - b.acceptedMs);
  return new Map(inOrder.map(({ op }) => [op.key, op.value ?? ""]));
}

function without(table: ReadonlyMap<string, string>, key: string): Map<string, string> {
  return new Map([...table].filter(([each]) => each !== key));
}

function judge(
  history: readonly Op[],
  table: ReadonlyMap<string, string>,
  more: Partial<CheckInput> = {},
): Verdict {
  const looks = [{ startMs: 1_000, endMs: 1_001, table }];
  return check({
    history,
    initialTable: new Map(),
    looks,
    drained: true,
    faultFired: true,
    ...more,
  });
}

function found({ anomalies }: Verdict, key: string): string[] {
  return anomalies.filter((anomaly) => anomaly.key === key).map(({ kind }) => kind);
}
