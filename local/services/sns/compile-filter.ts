import { compileEventPattern, type EventMatcher } from "../events/pattern/compile-event-pattern.ts";
import type { MessageAttributes } from "../sqs/message-attributes.ts";
import type { PublishedMessage } from "./published-message.ts";

/** Whether a subscription takes a message with this body. */
export type Filter = (message: PublishedMessage, body: string) => boolean;

const takesAll: Filter = () => true;

/**
 * The filter of a subscription. A policy is matched as EventBridge matches its patterns: against the
 * message's body, or against an object of its attributes. A body that is no JSON object matches none.
 * Source: SNS Developer Guide, "Amazon SNS subscription filter policies".
 *
 * @param policy checked by `checkFilterPolicy`; empty for none
 */
export function compileFilter(policy: string | undefined, scope: string | undefined): Filter {
  if (policy === undefined || policy === "" || policy === "{}") return takesAll;
  const matches = compileEventPattern(policy);
  return scope === "MessageBody"
    ? (_, body) => matchesBody(matches, body)
    : ({ attributes }) => matches(toFields(attributes));
}

function matchesBody(matches: EventMatcher, body: string): boolean {
  try {
    return matches(JSON.parse(body));
  } catch {
    return false;
  }
}

/** `String.Array` is a list of values as JSON; a binary attribute has no value that could match. */
function toFields(attributes: MessageAttributes): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType, StringValue = "" }]) => [
      name,
      toField(DataType, StringValue),
    ]),
  );
}

function toField(type: string, text: string): unknown {
  if (type.startsWith("Number")) return Number(text);
  if (type.startsWith("Binary")) return {};
  if (type !== "String.Array") return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
