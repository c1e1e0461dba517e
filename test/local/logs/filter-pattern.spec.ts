import { expect } from "chai";
import { compileFilterPattern } from "../../../local/services/logs/filter-pattern.ts";

const cases: [pattern: string, met: string, unmet: string | undefined][] = [
  ["", "anything", undefined],
  ["ERROR", "an ERROR here", "an error here"],
  ["ERROR timeout", "timeout after ERROR", "ERROR"],
  ['"over the \\"limit\\""', 'is over the "limit" now', "over the limit"],
  ["ERROR -retry", "ERROR", "ERROR, retry"],
  ['-"will retry"', "ERROR", "ERROR, will retry"],
  ["?ERROR ?WARN", "a WARN", "an INFO"],
  ["INFO ?ERROR", "an INFO", "an ERROR"],
];

describe("compileFilterPattern", () => {
  for (const [pattern, met, unmet] of cases)
    it(`${pattern || "the empty pattern"} matches ${met}${unmet === undefined ? "" : ` and not ${unmet}`}`, () => {
      const matches = compileFilterPattern(pattern);
      expect(matches(met)).to.equal(true);
      if (unmet !== undefined) expect(matches(unmet)).to.equal(false);
    });

  const refused: [pattern: string, reason: string][] = [
    ['{ $.level = "ERROR" }', "JSON patterns ({ … }) are not emulated"],
    ["[ip, user, ...]", "patterns for space-delimited events ([ … ]) are not emulated"],
    ["%ERR.*%", "regular expressions (%…%) are not emulated"],
    ['ERROR "open', `put the term at '"open' into double quotes`],
    ["a=b", "put the term at 'a=b' into double quotes"],
  ];
  for (const [pattern, reason] of refused)
    it(`refuses ${pattern}`, () => {
      expect(() => compileFilterPattern(pattern))
        .to.throw(reason)
        .with.property("code", "InvalidParameterException");
    });
});
