import { AwsError } from "../../wire/aws-error.ts";

/** Of the base64 text. Source: Lambda API, Invoke, `ClientContext`. */
const maxLength = 3583;

/**
 * What a caller tells the function about itself, as JSON text, from the header of an Invoke. The
 * function reads it as `context.clientContext`.
 */
export function readClientContext(header: string | string[] | undefined): string | undefined {
  if (typeof header !== "string" || header === "") return undefined;
  const text = Buffer.from(header, "base64").toString("utf8");
  if (header.length > maxLength || !isJsonObject(text))
    throw new AwsError(
      "InvalidRequestContentException",
      `ClientContext must be the base64 text, of at most ${String(maxLength)} characters, of a JSON object.`,
      400,
      { Type: "User" },
    );
  return text;
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
