import { invalidParameter } from "./invalid-parameter.ts";

/**
 * The bodies of a message by protocol; `default` is that of all others.
 * Source: SNS API, Publish, MessageStructure.
 */
export function readBodies(message: string, structure: string | undefined): Map<string, string> {
  if (structure === undefined || structure === "") return new Map([["default", message]]);
  if (structure !== "json")
    throw invalidParameter("MessageStructure Reason: it must be json or absent");
  let parsed: unknown;
  try {
    parsed = JSON.parse(message);
  } catch {
    throw invalidParameter("Message Structure - JSON message body failed to parse");
  }
  const bodies = new Map<string, string>();
  if (typeof parsed === "object" && parsed !== null)
    for (const [protocol, body] of Object.entries(parsed))
      if (typeof body === "string") bodies.set(protocol, body);
  if (!bodies.has("default"))
    throw invalidParameter("Message Structure - No default entry in JSON message body");
  return bodies;
}
