import { expect } from "chai";
import { parseCliOptions, UsageError } from "../../chaos/cli-options.ts";

const names = ["outage", "latency"];

describe("parseCliOptions", () => {
  it("runs everything by default", () => {
    const options = parseCliOptions([], names);
    expect(options).to.deep.equal({
      only: [],
      json: false,
      allowAws: false,
      rehearseAws: false,
      help: false,
    });
  });

  it("takes several experiments", () => {
    const { only, json } = parseCliOptions(["--only", "latency", "--only=outage", "--json"], names);
    expect(only).to.deep.equal(["latency", "outage"]);
    expect(json).to.be.true;
  });

  it("says in one sentence what is wrong", () => {
    const wrong: [string[], string][] = [
      [["--only", "x"], 'There is no experiment "x"; choose one of outage, latency.'],
      [["--fast"], "Unknown option '--fast'; npm run chaos -- --help lists the options."],
      [["now"], "Unexpected argument 'now'; npm run chaos -- --help lists the options."],
      [["--stack", "aws", "--outputs", "x"], "--stack and --outputs exclude each other; give one"],
      [["--stack", "aws", "--rehearse-aws"], "--stack and --rehearse-aws exclude each other"],
      [["--only"], "Option '--only <value>' argument missing; npm run chaos -- --help lists"],
    ];
    for (const [args, sentence] of wrong)
      expect(() => parseCliOptions(args, names))
        .to.throw(UsageError)
        .with.property("message")
        .that.includes(sentence)
        .and.not.includes("\n");
  });
});
