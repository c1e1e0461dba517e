import type * as pulumi from "@pulumi/pulumi";
import { type FaultTarget, WriteBuffer } from "outage-drill/write-buffer";
import { TIME_BUDGET } from "../functions/shared/time-budget.ts";
import { ownFunction } from "./own-function.ts";
import type { ProductTable } from "./product-table.ts";

export interface ProductBufferArgs {
  topicName: string;
  queueName: string;
  deadLetterQueueName: string;
  functionName: string;
  functionRuntime: string;
  logRetentionDays: number;
  table: ProductTable;
  /** Makes the retry function a target of experiments on AWS. */
  faultTarget?: FaultTarget | undefined;
}

/** @returns the write buffer of products, whose retry function puts them into the table. */
export function createProductBuffer(
  name: string,
  args: ProductBufferArgs,
  opts?: pulumi.ComponentResourceOptions,
): WriteBuffer {
  const { table, topicName, queueName, deadLetterQueueName } = args;
  return new WriteBuffer(
    name,
    {
      topicName,
      queueName,
      deadLetterQueueName,
      variablePrefix: "PRODUCT_EVENTS",
      settings: TIME_BUDGET,
      retryFunction: {
        ...ownFunction("process-product-events"),
        functionName: args.functionName,
        runtime: args.functionRuntime,
        faultTarget: args.faultTarget,
        logRetentionDays: args.logRetentionDays,
        environment: { PRODUCTS_TABLE_NAME: table.tableName },
        allowedCalls: [
          {
            actions: ["dynamodb:PutItem"],
            resource: table.tableArn,
            budget: TIME_BUDGET.dynamodb,
          },
        ],
      },
    },
    opts,
  );
}
