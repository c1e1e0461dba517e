/** Deeper than any input of an AWS API, and less than what the stack holds. */
const mostLevels = 256;

const quote = 0x22;
const backslash = 0x5c;

/** Whether JSON text has arrays and objects inside each other so often that walking it is not safe. */
export function nestsTooDeep(json: Buffer, most = mostLevels): boolean {
  if (json.length <= most) return false;
  let levels = 0;
  let isText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at];
    if (isText) {
      if (byte === backslash) at++;
      else if (byte === quote) isText = false;
    } else if (byte === quote) isText = true;
    else if (byte === 0x5b || byte === 0x7b) {
      if (++levels > most) return true;
    } else if (byte === 0x5d || byte === 0x7d) levels--;
  }
  return false;
}
