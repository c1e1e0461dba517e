import { invalidArgument } from "./errors.ts";

const maxLines = 1000;

/** How many lines a page has at most. @throws AwsError InvalidArgument */
export function linesOf(max: number | undefined, name = "max-keys"): number {
  if (max === undefined) return maxLines;
  if (max < 0)
    throw invalidArgument(
      `Argument ${name} must be an integer between 0 and 2147483647`,
      name,
      String(max),
    );
  return Math.min(max, maxLines);
}

/** How keys are written in an answer: as they are, or percent-encoded. @throws AwsError */
export function encoderOf(encodingType: string | undefined): (text: string) => string {
  if (encodingType === undefined) return (text) => text;
  if (encodingType !== "url")
    throw invalidArgument(
      "Invalid Encoding Method specified in Request",
      "encoding-type",
      encodingType,
    );
  return (text) =>
    encodeURIComponent(text)
      .replaceAll("%2F", "/")
      .replace(/[!'()*]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Encodes where there is a text. */
export function encoded(
  encode: (text: string) => string,
  text: string | undefined,
): string | undefined {
  return text === undefined ? undefined : encode(text);
}
