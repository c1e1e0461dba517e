import type { Anomaly } from "../harness/anomaly.ts";
import { toText } from "../harness/effects.ts";
import type { StoreLook } from "../harness/stores.ts";
import type { HistoryPart } from "./read-history.ts";

/**
 * Finds items under keys that only workers make, and that no worker has written. Where keys are the
 * application's choice, or a history does not say how its keys begin, there is nothing to go by.
 */
export class PhantomSearch {
  readonly #looks: readonly StoreLook[];
  readonly #open = new Set<string>();

  constructor(parts: readonly HistoryPart[], looks: readonly StoreLook[]) {
    this.#looks = looks;
    const prefixes = parts.flatMap(({ worker }) => worker?.keyPrefix ?? []);
    for (const { stores } of looks)
      for (const store of Object.values(stores))
        for (const key of store.keys())
          if (prefixes.some((prefix) => key.includes(prefix))) this.#open.add(key);
  }

  /** These keys have been written, or read. */
  exclude(keys: readonly string[]): void {
    for (const key of keys) this.#open.delete(key);
  }

  found(): Anomaly[] {
    return [...this.#open].map((key) => ({
      kind: "phantom",
      key,
      message: `${key} is there, and no worker has written it.`,
      looks: this.#looks.map(({ stores }) => {
        const value = toText(
          Object.values(stores)
            .find((store) => store.has(key))
            ?.get(key),
        );
        return value === undefined ? {} : { value };
      }),
      writes: [],
    }));
  }
}
