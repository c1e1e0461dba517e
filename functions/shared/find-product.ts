import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import { callOptions } from "outage-drill/write-buffer/runtime";
import type { Product } from "./product.ts";
import { dynamodb, productsTableName } from "./products-table.ts";
import { TIME_BUDGET } from "./time-budget.ts";

/** @returns the product as the last put left it, its price as text with every digit. */
export async function findProduct(id: string): Promise<Product | undefined> {
  const { Item: item } = await dynamodb.send(
    new GetItemCommand({
      TableName: productsTableName,
      Key: { id: { S: id } },
      ConsistentRead: true,
    }),
    callOptions(TIME_BUDGET.dynamodb),
  );
  if (!item) return undefined;
  return {
    id,
    name: item.name?.S ?? "",
    price: item.price?.N ?? "",
    description: item.description?.S ?? "",
  };
}
