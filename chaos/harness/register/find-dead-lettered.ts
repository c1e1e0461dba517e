import type { Anomaly } from "../anomaly.ts";
import type { KeyHistory, Write } from "./key-history.ts";
import { newerWrites } from "./newer-writes.ts";
import type { IsExcused } from "./obligations.ts";
import { nameWrite, toAnomaly } from "./to-anomaly.ts";

/**
 * The writes that are in the dead-letter queue and that nothing in the table can have replaced.
 *
 * @param isCause whether nothing else explains why the history is not legal
 */
export function findDeadLettered(
  history: KeyHistory,
  isDeadLettered: IsExcused,
  isCause: boolean,
): Anomaly[] {
  const { key, observations } = history;
  const looks = observations.filter(({ look }) => look !== undefined);
  const missing = new Set<Write>(
    looks.flatMap((look) => newerWrites(history, look).filter(isDeadLettered)),
  );
  // Something that is not answered may have replaced it, and would have had to be seen doing so.
  const last = history.writes.findLast(isDeadLettered);
  if (isCause && missing.size === 0 && last) missing.add(last);
  return [...missing].map((expected) =>
    toAnomaly(history, {
      kind: "dead-lettered",
      message: `${key}: ${nameWrite(expected)} is in the dead-letter queue only.`,
      expected,
    }),
  );
}
