import { BlockList, isIP } from "node:net";
import { compileWildcard, type WildcardMatcher, type WildcardOptions } from "./compile-wildcard.ts";

export interface ConditionOperator {
  /** Whether it holds as no policy value matches, as `StringNotEquals` does. */
  readonly negated: boolean;
  /** A matcher of one policy value; `undefined` when the value is not one of this operator. */
  compile(policyValue: string, variables: boolean): WildcardMatcher | undefined;
}

/** Source: IAM User Guide, "IAM JSON policy elements: Condition operators". `Null` stands apart. */
export const conditionOperators: Readonly<Record<string, ConditionOperator>> = {
  ...pair("StringEquals", "StringNotEquals", strings({ wildcards: false })),
  ...pair(
    "StringEqualsIgnoreCase",
    "StringNotEqualsIgnoreCase",
    strings({ wildcards: false, ignoreCase: true }),
  ),
  ...pair("StringLike", "StringNotLike", strings({})),
  ...pair("ArnEquals", "ArnNotEquals", compileArn),
  ...pair("ArnLike", "ArnNotLike", compileArn),
  ...pair("IpAddress", "NotIpAddress", compileIp),
  ...comparisons("Numeric", toNumber),
  ...comparisons("Date", toTimeMs),
  Bool: { negated: false, compile: compileBool },
  BinaryEquals: { negated: false, compile: (expected) => (value) => value === expected },
};

type Compile = ConditionOperator["compile"];

function pair(name: string, negatedName: string, compile: Compile) {
  return { [name]: { negated: false, compile }, [negatedName]: { negated: true, compile } };
}

function strings(options: WildcardOptions): Compile {
  return (policyValue, variables) => compileWildcard(policyValue, { ...options, variables });
}

/** Each of the six parts of an ARN is matched by itself. */
function compileArn(policyValue: string, variables: boolean): WildcardMatcher | undefined {
  if (policyValue === "*") return () => true;
  const parts = splitArn(policyValue, variables);
  if (parts.length !== 6) return undefined;
  const matchers = parts.map((part) => compileWildcard(part, { variables }));
  return (value, resolve) => {
    const actual = splitArn(value, false);
    return (
      actual.length === 6 && matchers.every((matches, at) => matches(actual[at] ?? "", resolve))
    );
  };
}

function splitArn(arn: string, variables: boolean): string[] {
  const parts = arn.match(variables ? /(?:\$\{[^}]*\}|[^:])*(?::|$)/g : /[^:]*(?::|$)/g) ?? [];
  // The pattern also matches the empty end of the text.
  const pieces = parts.slice(0, -1).map((part) => part.replace(/:$/, ""));
  if (arn.endsWith(":")) pieces.push("");
  return pieces.length <= 6 ? pieces : [...pieces.slice(0, 5), pieces.slice(5).join(":")];
}

function compileIp(policyValue: string): WildcardMatcher | undefined {
  const [address = "", bits] = policyValue.split("/");
  const family = isIP(address);
  if (family === 0) return undefined;
  const widest = family === 4 ? 32 : 128;
  const prefix = bits === undefined ? widest : Number(bits);
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > widest) return undefined;
  const list = new BlockList();
  list.addSubnet(address, prefix, family === 4 ? "ipv4" : "ipv6");
  return (value) => isIP(value) !== 0 && list.check(value, isIP(value) === 4 ? "ipv4" : "ipv6");
}

function compileBool(policyValue: string): WildcardMatcher | undefined {
  const expected = policyValue.toLowerCase();
  if (expected !== "true" && expected !== "false") return undefined;
  return (value) => value.toLowerCase() === expected;
}

function comparisons(
  prefix: string,
  read: (text: string) => number,
): Record<string, ConditionOperator> {
  const compare =
    (holds: (value: number, expected: number) => boolean): Compile =>
    (policyValue) => {
      const expected = read(policyValue);
      if (Number.isNaN(expected)) return undefined;
      return (value) => holds(read(value), expected);
    };
  return {
    ...pair(
      `${prefix}Equals`,
      `${prefix}NotEquals`,
      compare((value, other) => value === other),
    ),
    [`${prefix}LessThan`]: { negated: false, compile: compare((a, b) => a < b) },
    [`${prefix}LessThanEquals`]: { negated: false, compile: compare((a, b) => a <= b) },
    [`${prefix}GreaterThan`]: { negated: false, compile: compare((a, b) => a > b) },
    [`${prefix}GreaterThanEquals`]: { negated: false, compile: compare((a, b) => a >= b) },
  };
}

function toNumber(text: string): number {
  return text.trim() === "" ? NaN : Number(text);
}

/** W3C dates, or seconds of the epoch. */
function toTimeMs(text: string): number {
  return /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}
