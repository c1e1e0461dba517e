import { parseArgs } from "node:util";
import { expect } from "chai";
import { explainParseError } from "../../command-line/explain-parse-error.ts";

const options = {
  port: { type: "string" },
  "no-deploy": { type: "boolean" },
} as const;

function said(...args: string[]): string {
  try {
    parseArgs({ args, options });
  } catch (error) {
    return explainParseError(error, Object.keys(options), "npx outage-drill cloud --help");
  }
  return "";
}

describe("explainParseError", () => {
  for (const [args, sentence] of [
    [["--prot", "1"], "Unknown option '--prot'; did you mean --port?"],
    [["--nodeploy"], "Unknown option '--nodeploy'; did you mean --no-deploy?"],
    [["--fast"], "Unknown option '--fast'; npx outage-drill cloud --help lists the options."],
    [["-x"], "Unknown option '-x'; npx outage-drill cloud --help lists the options."],
    [["4566"], "Unexpected argument '4566'; npx outage-drill cloud --help lists the options."],
    [
      ["--port"],
      "Option '--port <value>' argument missing; npx outage-drill cloud --help lists the options.",
    ],
    [
      ["--no-deploy=1"],
      "Option '--no-deploy' does not take an argument; npx outage-drill cloud --help lists the options.",
    ],
    [
      ["--port", "--no-deploy"],
      "Option '--port' argument is ambiguous; npx outage-drill cloud --help lists the options.",
    ],
  ] as const)
    it(`is one sentence for ${args.join(" ")}`, () => {
      expect(said(...args)).to.equal(sentence);
    });
});
