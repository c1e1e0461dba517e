import * as z from "zod/mini";
import { findPriceProblem } from "./price.ts";
import { MAX_ID_BYTES } from "./product-id.ts";

/** DynamoDB Developer Guide, "Constraints": an item, names included, has at most 400 KB. */
const MAX_ITEM_BYTES = 400 * 1_024;
/** Attribute names id, name, description, price, version, and both numbers at their longest. */
const ITEM_OVERHEAD_BYTES = 29 + 2 * 21;
const MAX_TEXT_BYTES = MAX_ITEM_BYTES - ITEM_OVERHEAD_BYTES;

const byteLength = (text: string) => Buffer.byteLength(text, "utf8");

/** Lone surrogates have no UTF-8 form, so neither DynamoDB nor SQS could hold them. */
const isStorable = z.refine<string>((text) => text.isWellFormed(), {
  error: "must be well-formed Unicode; it has a lone surrogate.",
});

const optionalText = z.pipe(
  z.nullish(z.string({ error: "must be a string." }).check(isStorable)),
  z.transform((text) => text ?? ""),
);

/**
 * A product as it is posted, queued and stored. `id` and `price` are required; `name` and
 * `description` are strings that may be left out, which stores them empty. `price` stays text all
 * the way to DynamoDB's `N`, so that no digit is lost in a JavaScript number.
 */
export const productSchema = z
  .object(
    {
      id: z.string({ error: "must be a string that is not empty." }).check(
        z.minLength(1, { error: "must be a string that is not empty." }),
        isStorable,
        z.refine((id) => byteLength(id) <= MAX_ID_BYTES, {
          error: `must be at most ${MAX_ID_BYTES} bytes long, as DynamoDB's keys are.`,
        }),
      ),
      name: optionalText,
      price: z.string({ error: "must be a number or a numeric string." }).check((context) => {
        const message = findPriceProblem(context.value);
        if (message) context.issues.push({ code: "custom", message, input: context.value });
      }),
      description: optionalText,
    },
    { error: "must be a JSON object with id, name, price and description." },
  )
  .check((context) => {
    const { id, name, description } = context.value;
    if (byteLength(id) + byteLength(name) + byteLength(description) <= MAX_TEXT_BYTES) return;
    const longest = byteLength(name) > byteLength(description) ? "name" : "description";
    context.issues.push({
      code: "custom",
      path: [longest],
      message: "must be shorter: DynamoDB takes at most 400 KB for the whole product.",
      input: context.value,
    });
  });

export type Product = z.output<typeof productSchema>;
