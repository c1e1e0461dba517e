/** An object of the document. */
export type Node = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): Node | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Node)
    : undefined;
}

/** The members that are objects themselves. */
export function objectsIn(value: unknown): [name: string, node: Node][] {
  return Object.entries(asObject(value) ?? {}).flatMap(([name, each]) => {
    const node = asObject(each);
    return node ? [[name, node] as [string, Node]] : [];
  });
}

export function listIn(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
