/** Deeper than any input of an AWS API, and less than what the stack holds. */
const mostLevels = 256;
/** Members and elements: more than any input of an AWS API, and read in a fraction of a second. */
const mostParts = 1_000_000;

const quote = 0x22;
const backslash = 0x5c;

export interface JsonBounds {
  readonly levels?: number;
  /** Not bounded for a service whose requests are smaller than that anyway. */
  readonly parts?: number;
}

/**
 * Whether JSON text has arrays and objects inside each other so often that walking it is not safe, or
 * so many members and elements that reading it would keep everybody waiting.
 */
export function nestsTooDeep(json: Buffer, bounds: JsonBounds = {}): boolean {
  const { levels = mostLevels, parts = mostParts } = bounds;
  if (json.length <= levels && json.length <= parts) return false;
  let level = 0;
  let part = 0;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (byte === quote) at = endOfText(json, at);
    else if (byte === 0x5b || byte === 0x7b) {
      if (++level > levels || ++part > parts) return true;
    } else if (byte === 0x5d || byte === 0x7d) level--;
    else if (byte === 0x2c && ++part > parts) return true;
  }
  return false;
}

/** Texts up to here are walked; looking for the end of many short ones costs more than that. */
const shortText = 32;

/** Where the text that begins at a quotation mark ends; past the end if it does not. */
export function endOfText(json: Buffer, start: number): number {
  const walkedTo = Math.min(start + shortText, json.length);
  for (let end = start + 1; end < walkedTo; end++) {
    if (json[end] === backslash) end++;
    else if (json[end] === quote) return end;
  }
  for (let end = start + 1; ; end++) {
    end = json.indexOf(quote, end);
    if (end < 0) return json.length;
    let escapes = 0;
    while (json[end - 1 - escapes] === backslash) escapes++;
    if (escapes % 2 === 0) return end;
  }
}
