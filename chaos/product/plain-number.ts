/**
 * A number in a JSON text with all of its digits, where JavaScript's own would lose some: 38 digits,
 * or the sign of zero.
 */
export class PlainNumber {
  readonly text: string;

  /** @param text in JSON's syntax of a number (RFC 8259, section 6) */
  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }

  /** `JSON.rawJSON`: ECMAScript proposal "JSON.parse source text access", in Node.js from 22 on. */
  toJSON(): unknown {
    return (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(this.text);
  }
}

/**
 * A number in one comparable form, whichever way it is written: sign, digits without zeros around
 * them, and a power of ten. Text that is no number stays unchanged.
 *
 * @example canonicalNumber("1.50") === canonicalNumber("15e-1") // "15e-1"
 */
export function canonicalNumber(text: string): string {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text.trim());
  if (!match || `${match[2] ?? ""}${match[3] ?? ""}` === "") return text;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  if (significant === "") return "0";
  const power = Number(exponent) - fraction.length + (digits.length - significant.length);
  return `${sign === "-" ? "-" : ""}${significant}${power === 0 ? "" : `e${String(power)}`}`;
}
