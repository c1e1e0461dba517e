import { parse } from "@aws-lambda-powertools/parser";
import * as z from "zod/mini";
import { describeIssues } from "./describe-issues.ts";
import { type Product, productSchema } from "./product.ts";
import { TIME_BUDGET } from "./time-budget.ts";

const schema = z.object({ product: productSchema });

/** What the function that puts products into the write buffer and the one that takes them out share. */
export const productMessages = {
  recordName: "product",
  variablePrefix: "PRODUCT_EVENTS",
  settings: TIME_BUDGET,
  /** @throws Error naming the field that is wrong. */
  parse(input: unknown): Product {
    const result = parse({ product: input }, undefined, schema, true);
    if (result.success) return result.data.product;
    throw new Error(describeIssues(result.error, "The message"));
  },
};
