import { parse } from "@aws-lambda-powertools/parser";
import * as z from "zod/mini";
import { describeIssues } from "./describe-issues.ts";
import { productSchema } from "./product.ts";

/** A write on its way through the topic and the queue, with the version it was accepted under. */
export const productEventSchema = z.object(
  {
    schemaVersion: z.literal(1, { error: "must be 1." }),
    product: productSchema,
    version: z
      .int({ error: "must be a whole number of microseconds." })
      .check(z.positive({ error: "must be a whole number of microseconds." })),
  },
  { error: "must be a JSON object." },
);

export type ProductEvent = z.output<typeof productEventSchema>;

/** What an SNS subscription without raw message delivery puts around the event. */
const snsNotificationSchema = z.object({ Type: z.literal("Notification"), Message: z.string() });

/** A message that no later attempt can make valid; the message of the error says why. */
export class InvalidEventError extends Error {
  override readonly name = "InvalidEventError";
}

/**
 * @param body the event as JSON, with or without an SNS notification around it.
 * @throws InvalidEventError
 */
export function parseProductEvent(body: string): ProductEvent {
  const input = parseJson(body);
  const notification = snsNotificationSchema.safeParse(input);
  const event = notification.success ? parseJson(notification.data.Message) : input;
  const result = parse(event, undefined, productEventSchema, true);
  if (result.success) return result.data;
  throw new InvalidEventError(describeIssues(result.error, "The message"));
}

/**
 * @returns the JSON of an event. SQS takes no U+FFFE and U+FFFF (SendMessage, "Characters"), JSON
 * takes them as escapes.
 */
export function formatProductEvent(event: ProductEvent): string {
  return JSON.stringify(event).replace(/[\uFFFE\uFFFF]/g, (character) =>
    character === "\uFFFE" ? "\\ufffe" : "\\uffff",
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidEventError("The message must be JSON.");
  }
}
