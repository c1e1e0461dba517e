/**
 * What fauxqs is handed as the deduplication id of a message, because it deduplicates over the whole
 * topic: within a group, the group and the id. Neither can contain a space.
 * Source: SNS API, CreateTopic, FifoThroughputScope.
 */
export function deduplicationKey(id: string, groupId: string, isPerGroup: boolean): string {
  return isPerGroup ? `${groupId} ${id}` : id;
}

/** The id that its sender gave, or that its content has. */
export function idOfDeduplicationKey(key: string): string {
  return key.slice(key.lastIndexOf(" ") + 1);
}
