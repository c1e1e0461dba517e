import { expect } from "chai";
import { debtCurve } from "../../../chaos/html/debt-curve.ts";
import type { Request } from "../../../chaos/html/request.ts";
import type { LookView } from "../../../chaos/html/run-view.ts";

let index = 0;

function request(
  kind: Request["kind"],
  type: Request["type"],
  value: string,
  endMs: number,
): Request {
  index += 1;
  const times = { intendedMs: endMs - 1, invokeMs: endMs - 1, endMs };
  return { index, kind, type, keys: ["k"], value, answer: "200", ...times };
}

function curve(requests: readonly Request[], looks: readonly LookView[] = []) {
  return debtCurve({ requests, looks }).map(({ atMs, writes, isMeasured }) => [
    atMs,
    writes,
    ...(isMeasured ? ["counted"] : []),
  ]);
}

describe("debtCurve", () => {
  const writes = [request("write", "queued", "1", 10), request("write", "queued", "2", 20)];

  it("grows with each write that a queue acknowledges, and with no other", () => {
    const others = [request("write", "ok", "3", 30), request("write", "info", "4", 40)];
    expect(curve([...writes, ...others])).to.deep.equal([
      [10, 1],
      [20, 2],
    ]);
  });

  it("shrinks by what a read shows, and by what was acknowledged before that", () => {
    const read = request("read", "ok", "2", 30);
    expect(curve([...writes, read]).at(-1)).to.deep.equal([30, 0]);
    const older = request("read", "ok", "1", 30);
    expect(curve([...writes, older]).at(-1)).to.deep.equal([30, 1]);
  });

  it("is what a look counts, and what was acknowledged since it began", () => {
    const late = request("write", "queued", "3", 29.5);
    const later = request("write", "queued", "4", 35);
    const looks = [{ startMs: 29, atMs: 30, missing: 1 }];
    expect(curve([...writes, late, later], looks).slice(-2)).to.deep.equal([
      [30, 2, "counted"],
      [35, 3],
    ]);
  });

  it("shows what is still missing at the last look", () => {
    const looks = [
      { startMs: 29, atMs: 30, missing: 2 },
      { startMs: 99, atMs: 100, missing: 1 },
    ];
    expect(curve(writes, looks).at(-1)).to.deep.equal([100, 1, "counted"]);
  });
});
