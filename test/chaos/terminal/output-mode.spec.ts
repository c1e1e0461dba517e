import { expect } from "chai";
import { outputMode } from "../../../chaos/terminal/output-mode.ts";
import { wantsColor } from "../../../chaos/terminal/paint.ts";

describe("outputMode", () => {
  for (const [env, isTerminal, verbose, mode] of [
    [{ TERM: "xterm" }, true, false, "live"],
    [{}, true, false, "live"],
    [{ TERM: "xterm" }, true, true, "tree"],
    [{ TERM: "dumb" }, true, false, "tree"],
    [{ TERM: "xterm" }, false, false, "tree"],
    [{ CI: "true" }, true, false, "log"],
    [{ CI: "1" }, false, false, "log"],
    [{ CI: "true" }, false, true, "tree"],
    [{ CI: "false", TERM: "xterm" }, true, false, "live"],
    [{ CI: "" }, false, false, "tree"],
  ] as const)
    it(`is ${mode} for ${JSON.stringify({ ...env, isTerminal, verbose })}`, () => {
      expect(outputMode({ env, isTerminal, verbose })).to.equal(mode);
    });
});

describe("wantsColor", () => {
  for (const [env, isTerminal, isColored] of [
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: "1" }, true, false],
    [{ NO_COLOR: "" }, true, true],
    [{ TERM: "dumb" }, true, false],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "1", NO_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, true, false],
    [{ CI: "true" }, false, false],
    [{ CI: "true", GITHUB_ACTIONS: "true" }, false, true],
    [{ CI: "true", GITHUB_ACTIONS: "true", NO_COLOR: "1" }, false, false],
  ] as const)
    it(`is ${String(isColored)} for ${JSON.stringify({ ...env, isTerminal })}`, () => {
      expect(wantsColor(env, isTerminal)).to.equal(isColored);
    });
});
