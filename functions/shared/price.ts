/** An upper bound that no number near DynamoDB's limits reaches; longer text is not worth reading. */
const MAX_TEXT_LENGTH = 500;
const NUMERIC = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** DynamoDB Developer Guide, "Supported data types": numbers have up to 38 significant digits. */
const MAX_SIGNIFICANT_DIGITS = 38;
/** The same page: magnitudes from 1E-130 to 9.99…E+125. */
const MIN_EXPONENT = -130;
const MAX_EXPONENT = 125;

/**
 * @param text a number in decimal or scientific notation.
 * @returns what keeps it from being a DynamoDB number, as the rest of a sentence that starts with
 * the field's name; undefined when nothing does.
 */
export function findPriceProblem(text: string): string | undefined {
  const match = text.length <= MAX_TEXT_LENGTH ? NUMERIC.exec(text) : null;
  if (!match) return 'must be a number or a numeric string, such as 49.99 or "49.99".';
  const [, whole = "", fraction = "", exponent = "0"] = match;
  const digits = whole + fraction;
  const firstDigit = digits.search(/[1-9]/);
  if (firstDigit === -1) return undefined;
  if (digits.slice(firstDigit).replace(/0+$/, "").length > MAX_SIGNIFICANT_DIGITS)
    return `must have at most ${MAX_SIGNIFICANT_DIGITS} significant digits.`;
  const magnitude = whole.length - 1 - firstDigit + Number(exponent);
  if (magnitude < MIN_EXPONENT || magnitude > MAX_EXPONENT)
    return `must be 0 or have a magnitude from 1E${MIN_EXPONENT} to 9.99E+${MAX_EXPONENT}.`;
  return undefined;
}
