import type { BatchEntry, Database, Item, ItemDb } from "../dynalite-parts.ts";

/** A change that a transaction makes to an item. */
export interface ViewChange {
  readonly tableName: string;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

/**
 * A store for the actions of one transaction: they read what is there, their keys are locked
 * already, and what they write is kept until the whole transaction is written at once.
 */
export interface TransactionView {
  readonly database: Database;
  readonly entries: readonly BatchEntry[];
  readonly changes: readonly ViewChange[];
}

export function createTransactionView(database: Database): TransactionView {
  const entries: BatchEntry[] = [];
  const changes: ViewChange[] = [];
  // What dynalite puts before the keys of each of its stores, which share one.
  const write = (prefix: string, real: ItemDb, written?: (key: string, after?: Item) => void) => ({
    get: (key: string, done: Parameters<ItemDb["get"]>[1]) => {
      real.get(key, done);
    },
    put(key: string, value: Item, done: Parameters<ItemDb["put"]>[2]) {
      // Written as text now, so that the batch of a large transaction has little to do.
      const text = JSON.stringify(value);
      entries.push({ type: "put", key: prefix + key, value: text, valueEncoding: "utf8" });
      written?.(key, value);
      done(null);
    },
    del(key: string, done: Parameters<ItemDb["del"]>[1]) {
      entries.push({ type: "del", key: prefix + key });
      written?.(key);
      done(null);
    },
    lock(_key: string, run: Parameters<ItemDb["lock"]>[1]) {
      run(
        (done) =>
          (...args) =>
            done?.(...args),
      );
    },
  });
  const view: Pick<Database, "getItemDb" | "getIndexDb"> = {
    getItemDb(tableName) {
      const read = new Map<string, Item | undefined>();
      const real = database.getItemDb(tableName);
      const buffered = write(`item-${tableName}~`, real, (key, after) => {
        changes.push({ tableName, before: read.get(key), after });
      });
      return {
        ...buffered,
        get(key, done) {
          real.get(key, (error, item) => {
            if (item) read.set(key, item);
            done(error, item);
          });
        },
      };
    },
    getIndexDb: (type, table, index) =>
      write(
        `index-${type.toLowerCase()}~${table}~${index}~`,
        database.getIndexDb(type, table, index),
      ),
  };
  return { database: { ...database, ...view }, entries, changes };
}
