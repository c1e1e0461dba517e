import type { App, Effect, Workload } from "../workload-contract.ts";
import { nowMs } from "../harness/history.ts";
import { lookAtStores, readStores } from "../harness/stores.ts";
import type { Placement, StoreLook, Stores } from "../harness/stores.ts";
import { until } from "../harness/until.ts";

/** What the stores have of some keys. */
export type LookAtKeys = (keys: readonly string[]) => Promise<StoreLook>;

/** The most keys that a workload is asked for at a time. */
const keysAtOnce = 100;
const requestsAtOnce = 4;

export interface StoreReaderOptions {
  readonly workload: Workload;
  readonly app: App;
  /** How long a read of the stores may take, failed attempts included. */
  readonly deadlineMs: number;
}

/** Reads only the keys that it is asked for, so that stores of any size do. */
export function readByKey(
  { workload, app, deadlineMs }: StoreReaderOptions,
  placement: Placement,
): LookAtKeys {
  const truthOf = workload.truthOf?.bind(workload);
  if (!truthOf) throw new TypeError("The workload has no truthOf.");
  const read = (keys: readonly string[]) =>
    until(
      "the stores have been read",
      (signal) => readStores({ truth: () => truthOf(keys, { ...app, signal }) }, app, placement),
      { deadlineMs, signal: app.signal },
    );
  return async (keys) => {
    const startMs = nowMs();
    const pieces = Array.from({ length: Math.ceil(keys.length / keysAtOnce) }, (_, at) =>
      keys.slice(at * keysAtOnce, (at + 1) * keysAtOnce),
    );
    const found: Stores[] = [];
    const readPieces = async () => {
      for (let piece = pieces.pop(); piece; piece = pieces.pop()) found.push(await read(piece));
    };
    await Promise.all(Array.from({ length: requestsAtOnce }, readPieces));
    return { startMs, endMs: nowMs(), stores: union(found) };
  };
}

/** Reads the stores whole. */
export function readWhole(
  { workload, app, deadlineMs }: StoreReaderOptions,
  placement: Placement,
): Promise<StoreLook> {
  return until("the stores have been read", () => lookAtStores(workload, app, placement), {
    deadlineMs,
    intervalMs: 1_000,
    signal: app.signal,
  });
}

/** The part of a look that shows these keys. */
export function narrowTo(
  { startMs, endMs, stores }: StoreLook,
  keys: readonly string[],
): StoreLook {
  return {
    startMs,
    endMs,
    stores: Object.fromEntries(
      Object.entries(stores).map(([name, store]) => [
        name,
        new Map(keys.flatMap((key) => (store.has(key) ? [[key, store.get(key)]] : []))),
      ]),
    ),
  };
}

/**
 * How the stores share the keys that were written, where no worker has found out: each key is in one of
 * them if all of them have such keys and no two the same.
 */
export function guessPlacement(stores: Stores, isWritten: (key: string) => boolean): Placement {
  const keys = Object.values(stores).map((store) => [...store.keys()].filter(isWritten));
  const all = keys.flat();
  const isShared = new Set(all).size < all.length;
  return keys.length > 1 && !isShared && keys.every((each) => each.length > 0) ? "one" : "every";
}

/** Given-up effects by their keys. */
export function byKey(effects: readonly Effect[]): ReadonlyMap<string, readonly Effect[]> {
  return Map.groupBy(effects, ({ key }) => key);
}

function union(pieces: readonly Stores[]): Stores {
  const names = new Set(pieces.flatMap((piece) => Object.keys(piece)));
  return Object.fromEntries(
    [...names].map((name) => [name, new Map(pieces.flatMap((piece) => [...(piece[name] ?? [])]))]),
  );
}
