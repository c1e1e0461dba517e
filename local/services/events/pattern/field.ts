/** A value that a pattern can compare: neither object nor list. */
export type Leaf = string | number | boolean | null;

/**
 * What an event has at one path: several values where a list stands on the way. Each path is
 * collected once for an event, however many elements a list has.
 */
export class Field {
  readonly values: readonly unknown[];
  readonly #children = new Map<string, Field>();
  #leaves: readonly Leaf[] | undefined;

  /** @param values in which a list stands for its elements, also in lists */
  constructor(values: readonly unknown[]) {
    this.values = values.flat(Infinity as 1);
  }

  child(name: string): Field {
    let child = this.#children.get(name);
    if (!child) {
      child = new Field(
        this.values.flatMap((value) =>
          isObject(value) && Object.hasOwn(value, name) ? [value[name]] : [],
        ),
      );
      this.#children.set(name, child);
    }
    return child;
  }

  get leaves(): readonly Leaf[] {
    return (this.#leaves ??= this.values.filter((value) => !isObject(value)) as Leaf[]);
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
