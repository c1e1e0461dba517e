import type { App, Effect, Found, Workload } from "../workload-contract.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import { nowMs } from "./history.ts";

/** What each store has, by key; a store is a table, a bucket or a projection of one. */
export type Stores = Readonly<Record<string, ReadonlyMap<string, Found>>>;

/** What the stores showed, and when they were read. Epoch milliseconds. */
export interface StoreLook {
  readonly startMs: number;
  readonly endMs: number;
  readonly stores: Stores;
}

/**
 * How several stores share the keys: each store shows every effect, or each key is in one of them. Keys
 * of the latter kind are judged as those of one store.
 */
export type Placement = "every" | "one";

/** @throws CannotRunError when the workload returns something else than maps by their names */
export async function readStores(
  workload: Pick<Workload, "truth">,
  app: App,
  placement: Placement = "every",
): Promise<Stores> {
  const stores: unknown = await workload.truth(app);
  const isRecord = typeof stores === "object" && stores !== null && !(stores instanceof Map);
  const entries = isRecord ? Object.entries(stores as Stores) : [];
  if (entries.length === 0 || !entries.every(([, store]) => store instanceof Map))
    throw new CannotRunError(
      "The workload is wrong: truth has to return an object with one Map for each store, as in { table: new Map() }.",
    );
  return placement === "every" ? (stores as Stores) : merge(entries);
}

export async function lookAtStores(
  workload: Pick<Workload, "truth">,
  app: App,
  placement: Placement,
): Promise<StoreLook> {
  const startMs = nowMs();
  const stores = await readStores(workload, app, placement);
  return { startMs, endMs: nowMs(), stores };
}

/** Whether an effect shows in a store. */
export function isIn(effect: Pick<Effect, "in">, store: string): boolean {
  const { in: only } = effect;
  return only === undefined || only === store || store.split(" and ").includes(only);
}

function merge(entries: readonly (readonly [string, ReadonlyMap<string, Found>])[]): Stores {
  const merged = new Map<string, Found>();
  for (const [name, store] of entries)
    for (const [key, found] of store) {
      if (merged.has(key))
        throw new CannotRunError(
          `The workload is wrong: ${key} is in ${name} and in another store, although the stores had no keys in common; say with \`in\` where each effect shows.`,
        );
      merged.set(key, found);
    }
  return { [entries.map(([name]) => name).join(" and ")]: merged };
}
