import { countOf } from "./count-of.ts";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { once } from "node:events";
import type { Effect, Found, Workload } from "../workload-contract.ts";
import type { Op } from "../harness/history.ts";
import { tornAnomaly } from "../harness/judge/find-torn.ts";
import type { Shown } from "../harness/judge/find-torn.ts";
import type { StoreLook } from "../harness/stores.ts";
import type { FleetHistory, KeyGroup } from "./fleet-history.ts";
import { explainingClockErrorMs, judgeKeys, partsShown } from "./judge-keys.ts";
import type { KeysInput } from "./judge-keys.ts";
import { readLines } from "./read-lines.ts";
import type { LookAtKeys } from "./store-reader.ts";
import { byKey } from "./store-reader.ts";
import type { Tally } from "./tally.ts";

/** Keys, requests, and characters of what they wrote, that are judged at a time. */
const keysAtOnce = 1_000;
const opsAtOnce = 20_000;
const charactersAtOnce = 8 << 20;
/** Anomalies of which it is found out whether clocks explain them. */
const explained = 1_000;

export interface JudgeFleetOptions {
  readonly history: FleetHistory;
  readonly firstLook: LookAtKeys;
  readonly secondLook: LookAtKeys;
  /**
   * Resolves when the second look may begin: the first looks are then taken before, all of them. Absent
   * where both have been taken already.
   */
  untilSecondLook?(): Promise<void>;
  /** Gets the keys that the histories have. */
  onKeys?(keys: readonly string[]): void;
  readonly givenUp: readonly Effect[];
  readonly workload: Pick<Workload, "ordered">;
  readonly drained: boolean;
  readonly clockErrorMs: number;
  readonly tally: Tally;
  readonly temporaryFolder: string;
}

/** Judges all keys, in memory that depends on the largest key alone. */
export async function judgeFleet(options: JudgeFleetOptions): Promise<void> {
  const { history, tally, clockErrorMs, drained } = options;
  const folder = await mkdtemp(join(options.temporaryFolder, "outage-drill-looks-"));
  try {
    let firstLook = options.firstLook;
    if (options.untilSecondLook) {
      const file = join(folder, "looks.jsonl");
      await writeLooks(file, history, firstLook);
      await options.untilSecondLook();
      const looks = readLooks(file);
      firstLook = async () => (await looks.next()).value as StoreLook;
    }
    const torn = new Map<number, { readonly op: Op; there?: Shown; absent?: Shown }>();
    const clocks = { anomalies: 0, explained: 0, atMs: 0, tried: 0 };
    for (const groups of batchesOf(history)) {
      const keys = groups.map(({ key }) => key);
      options.onKeys?.(keys);
      const first = await firstLook(keys);
      const second = await options.secondLook(keys);
      const input: KeysInput = {
        ...{ groups, looks: [first, second], drained, clockErrorMs },
        givenUp: byKey(options.givenUp),
        ordered: options.workload.ordered === true,
      };
      const result = judgeKeys(input);
      tally.add(result, result.telling);
      for (const { op, shown } of partsShown(input)) {
        if (shown.isThere === undefined) continue;
        const known = torn.get(op.index) ?? { op };
        if (shown.isThere) known.there ??= shown;
        else known.absent ??= shown;
        torn.set(op.index, known);
      }
      for (const { key } of result.anomalies) {
        clocks.anomalies += 1;
        if (clocks.tried++ >= explained) continue;
        const bound = explainingClockErrorMs(input, key);
        if (bound === undefined) continue;
        clocks.explained += 1;
        clocks.atMs = Math.max(clocks.atMs, bound);
      }
    }
    for (const { op, there, absent } of torn.values())
      if (there && absent) tally.addAnomaly(tornAnomaly(op, there, absent));
    if (clocks.explained > 0)
      tally.addReason(
        `${String(clocks.explained)} of ${countOf(clocks.anomalies, "anomaly", "anomalies")} would be none if the clocks of the processes that wrote these keys were up to ${String(clocks.atMs)} ms off: if they may be, say so with --clock-error ${String(clocks.atMs)}.`,
      );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function* batchesOf(history: FleetHistory): Generator<readonly KeyGroup[]> {
  let groups: KeyGroup[] = [];
  let [ops, characters] = [0, 0];
  for (const group of history.groups()) {
    groups.push(group);
    ops += group.ops.length;
    for (const { op } of group.ops) characters += op.value?.length ?? 0;
    const isFull = groups.length >= keysAtOnce || ops >= opsAtOnce;
    if (!isFull && characters < charactersAtOnce) continue;
    yield groups;
    groups = [];
    [ops, characters] = [0, 0];
  }
  if (groups.length > 0) yield groups;
}

interface StoredLook {
  readonly startMs: number;
  readonly endMs: number;
  readonly stores: Readonly<Record<string, readonly (readonly [string, Found])[]>>;
}

async function writeLooks(file: string, history: FleetHistory, look: LookAtKeys): Promise<void> {
  const stream = createWriteStream(file);
  const done = finished(stream);
  done.catch(() => undefined);
  for (const groups of batchesOf(history)) {
    const { startMs, endMs, stores } = await look(groups.map(({ key }) => key));
    const stored: StoredLook = {
      ...{ startMs, endMs },
      stores: Object.fromEntries(
        Object.entries(stores).map(([name, store]) => [
          name,
          [...store].filter(([, found]) => found !== undefined),
        ]),
      ),
    };
    if (!stream.write(`${JSON.stringify(stored)}\n`))
      await Promise.race([once(stream, "drain"), done]);
  }
  stream.end();
  await done;
}

async function* readLooks(file: string): AsyncGenerator<StoreLook> {
  for await (const { lines } of readLines(file))
    for (const line of lines) {
      const { startMs, endMs, stores } = JSON.parse(line) as StoredLook;
      yield {
        ...{ startMs, endMs },
        stores: Object.fromEntries(
          Object.entries(stores).map(([name, entries]) => [name, new Map(entries)]),
        ),
      };
    }
}
