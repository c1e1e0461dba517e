import type { Anomaly } from "../anomaly.ts";
import type { KeyHistory, Observation } from "./key-history.ts";
import { newerWrites } from "./newer-writes.ts";
import type { IsExcused } from "./obligations.ts";
import { nameWrite, toAnomaly } from "./to-anomaly.ts";

/** Which anomaly a read is that fits with nothing before it; the history less that read is legal. */
export function classifyRead(
  history: KeyHistory,
  read: Observation,
  isExcused: IsExcused,
): Anomaly {
  const { key, writes, initial, observations } = history;
  const { value } = read;
  const sent = writes.filter((write) => write.value === value);
  const is = (kind: Anomaly["kind"], message: string, expected = newer.at(-1)) =>
    toAnomaly(history, { kind, message, seen: read, expected });
  const newer = newerWrites(history, read, isExcused);
  if (value !== undefined && value !== initial) {
    if (sent.length === 0)
      return is("phantom", `A read of ${key} saw a value that nobody sent: ${value}`);
    if (sent.every(({ sentMs }) => sentMs > read.answeredMs))
      return is(
        "future-read",
        `A read of ${key} saw a value before it was sent: ${value}`,
        sent[0],
      );
  }
  const before = observations.filter(({ answeredMs }) => answeredMs < read.sentMs);
  const wasThere = initial !== undefined || before.some((each) => each.value !== undefined);
  if (value === undefined && wasThere)
    return is("vanished-item", `A read of ${key} found nothing, although it had been there.`);
  const [newest] = newer.slice(-1);
  if (newest)
    return is(
      "stale-read",
      `A read of ${key} ${value === undefined ? "found nothing" : "showed an older value"} after ${nameWrite(newest)}.`,
    );
  const last = before.findLast((each) => each.value !== value);
  const shown = last ? `, after an earlier one had shown ${last.value ?? "no item"}` : "";
  return is("non-monotonic-read", `A read of ${key} went back to ${value ?? "no item"}${shown}`);
}
