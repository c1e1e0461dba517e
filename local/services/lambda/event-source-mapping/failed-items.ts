/**
 * Which messages of a batch failed, from what the function answered.
 *
 * With partial batch responses an answer that is empty, or lists no failure, means that all
 * succeeded; one that cannot be read, or names a message that is not in the batch, means that all
 * failed. Source: Lambda Developer Guide, "Implementing partial batch responses" for SQS.
 *
 * @param payload JSON text of the answer
 * @returns message ids that go back to the queue
 */
export function failedItems(payload: string, messageIds: readonly string[]): ReadonlySet<string> {
  const all = new Set(messageIds);
  const none = new Set<string>();
  let answer: unknown;
  try {
    answer = JSON.parse(payload);
  } catch {
    return all;
  }
  if (answer === null || answer === "") return none;
  if (typeof answer !== "object") return all;
  if (Object.keys(answer).length === 0) return none;
  if (!("batchItemFailures" in answer)) return all;
  const failures = answer.batchItemFailures;
  if (failures === null) return none;
  if (!Array.isArray(failures)) return all;
  const failed = new Set<string>();
  for (const failure of failures as unknown[]) {
    const id =
      typeof failure === "object" && failure !== null && "itemIdentifier" in failure
        ? failure.itemIdentifier
        : undefined;
    if (typeof id !== "string" || !all.has(id)) return all;
    failed.add(id);
  }
  return failed;
}
