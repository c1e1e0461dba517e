import type { Anomaly } from "./anomaly.ts";
import type { Op } from "./history.ts";

/** One request in one line: what was sent, when, and how it was answered. */
export function describeOp(op: Op): string {
  const answer = op.error ?? `${String(op.status)} "${(op.body ?? "").trim()}"`;
  const value = op.kind === "write" ? ` ${op.value ?? ""}` : "";
  return (
    `${op.phase} ${clock(op.invokeMs)}–${clock(op.endMs)} ${op.kind} ${op.key}${value}` +
    ` → ${op.type}: ${answer}`
  );
}

/** An anomaly in full: what happened, what the table has, and every write of the key. */
export function describeAnomaly(anomaly: Anomaly): string {
  return [
    `${anomaly.kind}: ${anomaly.message}`,
    ...(anomaly.expected ? [`  expected ${anomaly.expected.value ?? ""}`] : []),
    `  the table has ${anomaly.found ?? "no such item"}`,
    ...anomaly.writes.map((op) => `  ${op === anomaly.expected ? "*" : "-"} ${describeOp(op)}`),
  ].join("\n");
}

/** Such as 10:04:05.678, in UTC. */
function clock(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(11, 23);
}
