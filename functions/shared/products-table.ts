import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { clientOptions } from "./client-options.ts";
import { requireEnvironment } from "./environment.ts";
import { TIME_BUDGET } from "./time-budget.ts";

export const productsTableName = requireEnvironment("PRODUCTS_TABLE_NAME");

export const dynamodb = new DynamoDBClient(clientOptions(TIME_BUDGET.dynamodb));
