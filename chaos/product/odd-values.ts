import { PlainNumber } from "./plain-number.ts";
import type { Random } from "../harness/random.ts";

/**
 * Text that JSON, JavaScript, HTTP, SQS and DynamoDB treat in different ways. Each has broken an
 * application somewhere: encodings, normalisation, escaping, prototypes, trimming.
 */
export const oddTexts: readonly string[] = [
  " ",
  " leading and trailing ",
  "two  spaces\tand a tab",
  "line\nfeed and carriage\r\nreturn",
  "null",
  "undefined",
  "true",
  "0",
  "1e3",
  "NaN",
  "[object Object]",
  "__proto__",
  "constructor",
  "quote \" apostrophe ' backslash \\ slash / back`tick",
  "&amp; &#38; <b>bold</b> </script> <![CDATA[x]]>",
  "%41 %2F %% %zz + a=b&c=d #fragment ?query",
  "${variable} {{template}} $(command) %s %d",
  "'; DROP TABLE products; --",
  "é as one character, e\u0301 as two",
  "ﬁ ﬀ ligatures, ½ ² ™ compatibility forms",
  "İstanbul ß ſ Σς case",
  "שלום \u200fعربى\u200e right to left",
  "日本語 한국어 ไทย हिन्दी",
  "🎁 👩‍👩‍👧‍👦 🏳️‍🌈 astral and joined",
  "𝒳 \u{10ffff} last code point",
  "zero\u200bwidth \ufeff byte order mark \u2028 line separator",
  "control \u0001 \u001f \u007f \u0085 characters",
  "nul \u0000 character",
  "\ufffe \uffff noncharacters, \ufffd replacement",
];

/** Ends of keys that URLs, paths, query strings and log lines treat in different ways. */
export const oddKeyEnds: readonly string[] = [
  "/a/b",
  "//",
  "/../..",
  ".",
  "%2F%41%zz",
  "+plus+",
  " with spaces ",
  "?id=other&x=1#fragment",
  ";v=1,2",
  '"quoted"\'',
  "\\back\\slash",
  "<b>&amp;",
  "é",
  "e\u0301",
  "ключ",
  "日本",
  "🎁",
  "\u{10ffff}",
  "\u200f\u200b",
  ":*~!@$^()[]{}|",
];

/** Significant digits of a DynamoDB number (Developer Guide, "Supported data types"). */
const mostDigits = 38;

/** A price in one of the ways in which a number can be written, most of them beyond a double. */
export function oddPrice(random: Random): string | number | PlainNumber {
  const digits = random.digits(mostDigits);
  const at = random.int(1, mostDigits - 1);
  const fraction = `${digits.slice(0, at)}.${digits.slice(at)}`;
  return random.pick<() => string | number | PlainNumber>([
    () => digits,
    () => fraction,
    () => `-${fraction}`,
    () => new PlainNumber(fraction),
    () => new PlainNumber(digits),
    () => `0.${"0".repeat(random.int(1, 60))}${random.digits(random.int(1, 30))}`,
    () => `${random.digits(1)}.${random.digits(20)}E-${String(random.int(90, 130))}`,
    () => `${random.digits(1)}.${random.digits(20)}e+${String(random.int(90, 125))}`,
    () => new PlainNumber(`${random.digits(3)}e${String(random.int(-20, 20))}`),
    () => random.int(0, 99_999) + 0.1 + 0.2,
    () => Number(random.digits(16)) * 1024,
    () => `00${random.digits(4)}.${random.digits(2)}00`,
    () => new PlainNumber("-0"),
    () => "-0.000",
    () => `${random.digits(2)}.10`,
  ])();
}

const oddKeyShare = 0.25;
/** Bytes of the longest keys: DynamoDB takes 2,048. */
const longKeyBytes = 2_000;
const longKeyShare = 0.01;

/** The key, as it is or with an end that something on its way may take for another. */
export function oddKey(key: string, random: Random): string {
  if (random.chance(longKeyShare)) return key.padEnd(longKeyBytes, "-long");
  return random.chance(oddKeyShare) ? `${key}${random.pick(oddKeyEnds)}` : key;
}
