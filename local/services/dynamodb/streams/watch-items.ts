import type { Item, ItemDb } from "../dynalite-parts.ts";

/**
 * Tells `changed` of every item that is put or deleted, before the write is answered and while its
 * key is locked, so that the changes of an item come in their order. The watch is put into the
 * table's own store: a table without a stream has none and pays nothing.
 */
export function watchItems(
  items: ItemDb,
  changed: (before: Item | undefined, after: Item | undefined) => void,
): { stop(): void } {
  const { put, del } = items;
  items.put = (key, item, done) => {
    items.get(key, (_missing, before) => {
      put.call(items, key, item, (error) => {
        if (!error) changed(before, item);
        done(error);
      });
    });
  };
  items.del = (key, done) => {
    items.get(key, (_missing, before) => {
      del.call(items, key, (error) => {
        if (!error) changed(before, undefined);
        done(error);
      });
    });
  };
  return {
    stop() {
      items.put = put;
      items.del = del;
    },
  };
}
