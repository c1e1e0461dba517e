import type { Effect } from "../../workload-contract.ts";
import type { Anomaly } from "../anomaly.ts";
import { nameOfLook } from "../describe.ts";
import { isAcknowledged } from "../history.ts";
import { anomalyOf, isDue, isPossible } from "./key-record.ts";
import type { KeyRecord, KeySight, KeyWrite } from "./key-record.ts";

type Append = Extract<Effect, { readonly append: string }>;
type List = KeyRecord<Append>;

/**
 * Judges one list: whatever was seen has each element that had to be there, once, none that nobody
 * sent, and, where lists are ordered, those that were acknowledged one after the other in that order.
 */
export function checkList(record: List): Anomaly[] {
  const found = new Map<string, Anomaly>();
  /** When each element had first been shown, until it was missed. */
  const seen: Seen = new Map();
  for (const element of toElements(record.initial) ?? []) seen.set(element, -Infinity);
  for (const sight of record.sights) {
    for (const anomaly of judgeSight(record, sight, seen)) {
      const name = JSON.stringify([anomaly.kind, anomaly.expected?.index, anomaly.read?.index]);
      if (!found.has(name)) found.set(name, anomaly);
    }
  }
  return [...found.values()];
}

type Seen = Map<string, number>;

function judgeSight(record: List, sight: KeySight, seen: Seen): Anomaly[] {
  const elements = toElements(sight.found);
  if (!elements)
    return [
      anomalyOf(
        record,
        "phantom",
        `${record.key} ${showed(sight)} ${String(sight.found)}, which is no list.`,
        { sight },
      ),
    ];
  return [
    ...missing(record, sight, elements),
    ...surplus(record, sight, elements),
    ...vanished(record, sight, elements, seen),
    ...(record.ordered ? outOfOrder(record, sight, elements) : []),
  ];
}

function missing(record: List, sight: KeySight, elements: readonly string[]): Anomaly[] {
  const { key, writes, drained, givenUp } = record;
  const left = countOf(elements);
  for (const [element, count] of countOf(toElements(record.initial) ?? []))
    left.set(element, (left.get(element) ?? 0) - count);
  const letters = new Set(givenUp.flatMap((effect) => ("append" in effect ? [effect.append] : [])));
  const anomalies: Anomaly[] = [];
  for (const write of writes) {
    if (!isDue(write, sight, drained)) continue;
    const element = write.effect.append;
    const count = left.get(element) ?? 0;
    left.set(element, count - 1);
    if (count > 0) continue;
    const isLook = sight.look !== undefined;
    const kind = !isLook ? "stale-read" : letters.has(element) ? "dead-lettered" : "lost";
    const where =
      kind === "dead-lettered"
        ? "was given up on"
        : `is not in the list that ${key} ${showed(sight)}`;
    anomalies.push(
      anomalyOf(record, kind, `${key}: "${element}", which was acknowledged, ${where}.`, {
        sight,
        expected: write,
      }),
    );
  }
  return anomalies;
}

function surplus(record: List, sight: KeySight, elements: readonly string[]): Anomaly[] {
  const { key, writes, initial } = record;
  const allowed = countOf(toElements(initial) ?? []);
  const later = new Set<string>();
  for (const write of writes) {
    const element = write.effect.append;
    if (isPossible(write, sight)) allowed.set(element, (allowed.get(element) ?? 0) + 1);
    else later.add(element);
  }
  return [...countOf(elements)].flatMap(([element, count]) => {
    const most = allowed.get(element) ?? 0;
    if (count <= most) return [];
    const kind = most > 0 ? "duplicated" : later.has(element) ? "future-read" : "phantom";
    const what = most > 0 ? `${String(count)} times` : "and nobody had sent it";
    const expected = writes.find(({ effect }) => effect.append === element);
    return [
      anomalyOf(record, kind, `${key} ${showed(sight)} "${element}" ${what}.`, { sight, expected }),
    ];
  });
}

/** What had been shown, or was there before the run, and what came after it does not show. */
function vanished(
  record: List,
  sight: KeySight,
  elements: readonly string[],
  seen: Seen,
): Anomaly[] {
  const there = new Set(elements);
  const gone = [...seen].flatMap(([element, endMs]) =>
    endMs < sight.sentMs && !there.has(element) ? [element] : [],
  );
  for (const element of gone) seen.delete(element);
  for (const element of there) if (!seen.has(element)) seen.set(element, sight.answeredMs);
  const isLook = sight.look !== undefined;
  // Of what had to be there, and of what nobody sent, others say more precisely what is wrong.
  const initial = new Set(toElements(record.initial));
  const unexplained = gone.filter((element) => {
    const writes = record.writes.filter(({ effect }) => effect.append === element);
    if (writes.length === 0) return initial.has(element);
    return !writes.some((write) => isDue(write, sight, record.drained));
  });
  if (unexplained.length === 0) return [];
  const kind = isLook ? "vanished-item" : "non-monotonic-read";
  return [
    anomalyOf(
      record,
      kind,
      `${record.key} ${showed(sight)} no "${unexplained.join('", "')}", which had been there before.`,
      { sight },
    ),
  ];
}

/** Neighbours that were acknowledged one after the other, the later first. */
function outOfOrder(record: List, sight: KeySight, elements: readonly string[]): Anomaly[] {
  const writes = new Map<string, KeyWrite<Append>>();
  for (const write of record.writes) writes.set(write.effect.append, write);
  let newest: KeyWrite<Append> | undefined;
  for (const element of elements) {
    const write = writes.get(element);
    if (!write || !isAcknowledged(write.op)) continue;
    if (newest && write.answeredMs < newest.sentMs)
      return [
        anomalyOf(
          record,
          "reordered",
          `${record.key} ${showed(sight)} "${newest.effect.append}" before "${element}", which had been acknowledged before the other was sent.`,
          { sight, expected: write },
        ),
      ];
    if (!newest || write.sentMs > newest.sentMs) newest = write;
  }
  return [];
}

function countOf(elements: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const element of elements) counts.set(element, (counts.get(element) ?? 0) + 1);
  return counts;
}

function toElements(found: KeySight["found"]): readonly string[] | undefined {
  if (found === undefined) return [];
  return Array.isArray(found) ? (found as readonly string[]) : undefined;
}

function showed({ look }: KeySight): string {
  return look === undefined ? "was read with" : `had at the ${nameOfLook(look)} look`;
}
