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
  let before: KeySight | undefined;
  for (const sight of record.sights) {
    for (const anomaly of judgeSight(record, sight, before)) {
      const name = JSON.stringify([anomaly.kind, anomaly.expected?.index, anomaly.read?.index]);
      if (!found.has(name)) found.set(name, anomaly);
    }
    if (sight.look === undefined) before = sight;
  }
  return [...found.values()];
}

function judgeSight(record: List, sight: KeySight, before: KeySight | undefined): Anomaly[] {
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
    ...(before && before.answeredMs < sight.sentMs
      ? vanished(record, sight, elements, before)
      : []),
    ...(record.ordered ? outOfOrder(record, sight, elements) : []),
  ];
}

function missing(record: List, sight: KeySight, elements: readonly string[]): Anomaly[] {
  const { key, writes, drained, givenUp } = record;
  const left = countOf(elements);
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

/** What a read had shown, and what came after it does not. */
function vanished(
  record: List,
  sight: KeySight,
  elements: readonly string[],
  before: KeySight,
): Anomaly[] {
  const there = new Set(elements);
  const gone = (toElements(before.found) ?? []).filter((element) => !there.has(element));
  const isLook = sight.look !== undefined;
  // Of what was acknowledged, the looks say more precisely that it is lost.
  const unexplained = gone.filter(
    (element) =>
      !isLook ||
      !record.writes.some(({ op, effect }) => isAcknowledged(op) && effect.append === element),
  );
  if (unexplained.length === 0) return [];
  const kind = isLook ? "vanished-item" : "non-monotonic-read";
  return [
    anomalyOf(
      record,
      kind,
      `${record.key} ${showed(sight)} no "${unexplained.join('", "')}", which had been read before.`,
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
