/** What callers send, and what must not be lost. */
export interface Order {
  readonly id: string;
  readonly item: string;
}

/** @throws Error, one sentence on what is wrong. */
export function parseOrder(input: unknown): Order {
  const { id, item } = (typeof input === "object" && input !== null ? input : {}) as Partial<
    Record<string, unknown>
  >;
  // DynamoDB Developer Guide, "Constraints": a partition key has 1 to 2,048 bytes.
  if (typeof id !== "string" || id === "" || Buffer.byteLength(id) > 2_048)
    throw new Error("Field id must be a string of 1 to 2,048 bytes.");
  if (typeof item !== "string" || item === "")
    throw new Error("Field item must be a string that is not empty.");
  if (Buffer.byteLength(item) > 100_000)
    throw new Error("Field item must be at most 100,000 bytes long.");
  // Lone surrogates have no UTF-8 form, so they would come back as another character.
  if (!id.isWellFormed() || !item.isWellFormed())
    throw new Error("Fields id and item must be well-formed Unicode.");
  return { id, item };
}
