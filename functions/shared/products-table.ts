import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { clientOptions, requireEnvironment } from "outage-drill/write-buffer/runtime";
import { TIME_BUDGET } from "./time-budget.ts";

export const productsTableName = requireEnvironment("PRODUCTS_TABLE_NAME");

export const dynamodb = new DynamoDBClient(clientOptions(TIME_BUDGET.dynamodb));
