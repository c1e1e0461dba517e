/**
 * `node bench/check-history.ts COUNT`: makes the history of so many requests, checks it, and prints what
 * that took as JSON.
 */
import { check } from "../chaos/harness/checker.ts";
import type { Op } from "../chaos/harness/history.ts";

const requestsOfAKey = 40;
const stepMs = 2;
const inFlight = 8;

const count = Number(process.argv[2]);
const { history, table } = makeHistory(count);
const endMs = (count + inFlight) * stepMs;
const looks = [
  { startMs: endMs + 10, endMs: endMs + 20, table },
  { startMs: endMs + 30, endMs: endMs + 40, table: new Map(table) },
];
const startedMs = performance.now();
const { result } = check({
  history,
  initialTable: new Map(),
  looks,
  drained: true,
  faultFired: true,
});
const tookMs = performance.now() - startedMs;
if (result !== "valid") throw new Error(`The history of the benchmark is ${result}.`);
process.stdout.write(
  `${JSON.stringify({ tookMs, maxResidentKib: process.resourceUsage().maxRSS })}\n`,
);

/** Direct, queued and unanswered writes and reads of many keys, some values twice, eight in flight. */
function makeHistory(requests: number) {
  const table = new Map<string, string>();
  const ops: Op[] = [];
  const keys = Math.ceil(requests / requestsOfAKey);
  for (let index = 0; index < requests; index += 1) {
    const key = `bench-${String(index % keys)}`;
    const turn = Math.floor(index / keys);
    const isRead = turn % 2 === 1;
    const value = isRead
      ? table.get(key)
      : JSON.stringify([`Product ${String(turn % 7)}`, String(turn >> 3), key]);
    const type = isRead ? "ok" : turn % 8 === 0 ? "info" : turn % 8 === 4 ? "queued" : "ok";
    if (!isRead && value !== undefined) table.set(key, value);
    const invokeMs = index * stepMs;
    ops.push({
      index,
      process: index % inFlight,
      kind: isRead ? "read" : "write",
      key,
      ...(value !== undefined && { value }),
      phase: "during",
      intendedMs: invokeMs,
      invokeMs,
      endMs: invokeMs + inFlight * stepMs - 1,
      type,
      status: 200,
      body: "Product added/updated successfully.",
    });
  }
  return { history: ops, table };
}
