import type { RegionTables } from "../region-tables.ts";
import type { TableOperation } from "../table-operations.ts";
import { consumedCapacity } from "./consumed-capacity.ts";
import { invalid, readActions, type TransactionAction } from "./transaction-actions.ts";

type Input = Readonly<Record<string, unknown>>;

/** Transactions. Source: DynamoDB API, TransactWriteItems and TransactGetItems. */
export const transactionOperations: Readonly<Record<string, TableOperation>> = {
  async TransactWriteItems(input, { transactions }) {
    const actions = readActions(input["TransactItems"], [
      "Put",
      "Update",
      "Delete",
      "ConditionCheck",
    ]);
    const capacity = capacityAsked(input);
    const { ClientRequestToken: token, ...request } = input;
    const outputs = await transactions.requests.run(token, request, () =>
      transactions.write(withCapacity(actions, capacity)),
    );
    return consumedCapacity(actions, outputs, capacity);
  },

  async TransactGetItems(input, { transactions }: RegionTables) {
    const actions = readActions(input["TransactItems"], ["Get"]);
    const capacity = capacityAsked(input);
    const outputs = await transactions.read(withCapacity(actions, capacity));
    return {
      Responses: outputs.map((output) => ("Item" in output ? { Item: output.Item } : {})),
      ...consumedCapacity(actions, outputs, capacity),
    };
  },
};

function capacityAsked(input: Input): string {
  const asked = input["ReturnConsumedCapacity"] ?? "NONE";
  if (asked !== "NONE" && asked !== "TOTAL" && asked !== "INDEXES")
    throw invalid(
      `1 validation error detected: Value '${String(asked)}' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [INDEXES, TOTAL, NONE]`,
    );
  return asked;
}

function withCapacity(
  actions: readonly TransactionAction[],
  capacity: string,
): readonly TransactionAction[] {
  return actions.map(({ kind, request }) => ({
    kind,
    request: {
      ...request,
      ReturnConsumedCapacity: capacity,
      // Reads of a transaction are consistent, and cost what these do.
      ...(kind === "Get" && { ConsistentRead: true }),
    },
  }));
}
