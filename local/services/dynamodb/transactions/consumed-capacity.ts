import type { TransactionAction } from "./transaction-actions.ts";

/** A transaction costs twice what its actions do. Source: DynamoDB Developer Guide, transactions. */
const factor = 2;

/**
 * The capacity that a transaction used, by table, where it was asked for. One that had been carried
 * out before, and has no outputs, costs the reading of its items.
 */
export function consumedCapacity(
  actions: readonly TransactionAction[],
  outputs: readonly object[] | undefined,
  asked: string,
): object {
  if (asked === "NONE") return {};
  const isRead = !outputs || actions.every(({ kind }) => kind === "Get");
  const units = new Map<string, number>();
  for (const [index, { request }] of actions.entries()) {
    const table = String(request["TableName"]);
    const output = outputs?.[index] as { ConsumedCapacity?: { CapacityUnits: number } } | undefined;
    const used = output?.ConsumedCapacity?.CapacityUnits ?? 1;
    units.set(table, (units.get(table) ?? 0) + factor * used);
  }
  return {
    ConsumedCapacity: [...units].map(([TableName, CapacityUnits]) => {
      const used = {
        CapacityUnits,
        ...(isRead ? { ReadCapacityUnits: CapacityUnits } : { WriteCapacityUnits: CapacityUnits }),
      };
      return { TableName, ...used, ...(asked === "INDEXES" && { Table: used }) };
    }),
  };
}
