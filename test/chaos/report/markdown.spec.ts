import { expect } from "chai";
import { formatMarkdown } from "../../../chaos/report/markdown.ts";
import { unsafeRow } from "../ci/support/rows.ts";
import type { SummaryRow } from "../../../chaos/report/summary.ts";

const held: SummaryRow = {
  experiment: "outage",
  outcome: "held",
  acknowledged: 150,
  lost: 0,
  stale: 0,
  recoveryMs: 2_040,
  injector: "FIS",
  failure: "dynamodb fails with 500 DynamoDbException",
  problems: [],
  anomalies: [],
};
const leftOut: SummaryRow = {
  experiment: "slow-database",
  outcome: "not-applicable",
  notApplicable: "nothing delays <one> service",
  problems: [],
  anomalies: [],
};

describe("formatMarkdown", () => {
  it("is at most 30 KB, whatever went wrong, and keeps verdict, command and pointer", () => {
    const anomalies = Array.from(
      { length: 40 },
      (_, at) => `lost: ${"é`|<".repeat(900)} ${String(at)}`,
    );
    const problems = Array.from({ length: 40 }, () => "verification: ✘".repeat(900));
    const broken = { ...held, outcome: "not-held" as const, unsafe: 400, problems, anomalies };
    const long = { ...broken, experiment: "é".repeat(5_000) };
    const cases = [[broken], [long, leftOut], Array<SummaryRow>(400).fill(broken)];
    for (const experiments of cases) {
      const text = formatMarkdown(
        { exitCode: 1, seed: "seed", experiments },
        { replay: () => "x".repeat(9_000), changes: experiments.map(() => "y".repeat(900)) },
      );
      expect(Buffer.byteLength(text)).to.be.within(10_000, 30_000);
      expect(text).to.match(
        /^## ✘ Outage drill: 0 of \d+ experiments held\n\n\*\*\d+ of \d+ acknow/,
      );
      expect(text).to.match(/… \d+ more failures: see the reports\./);
      expect(text)
        .to.match(/\n```sh\nx+…?/)
        .and.to.match(/Everything is in the reports[^\n]*\n$/);
    }
  });

  it("is a table with a row an experiment, and notes below it", () => {
    const lines = formatMarkdown({ exitCode: 0, seed: "seed", experiments: [held, leftOut] }).split(
      "\n",
    );
    expect(lines[0]).to.equal("## ✔ Outage drill: 1 of 1 experiments held");
    expect(lines[2]).to.equal("**Every acknowledged write is safe: 150 of 150.**");
    const table = lines.filter((line) => line.startsWith("|"));
    expect(table).to.have.lengthOf(4);
    expect(new Set(table.map((line) => line.split(" | ").length))).to.deep.equal(new Set([9]));
    expect(table[0]).to.match(/^\| experiment \| outcome \| acked<br>writes \| lost<br>writes \|/);
    expect(table[2]).to.equal("| outage | held | 150 | 0 | 0 | 2.0 s | – | – | – |");
    expect(lines).to.include(
      "- outage: injected through FIS: dynamodb fails with 500 DynamoDbException",
    );
    expect(lines).to.include(
      "- slow-database: not applicable: nothing delays &#60;one&#62; service",
    );
  });

  it("has a column for each kind of anomaly that occurred, what did not hold first", () => {
    const row = unsafeRow("false-acknowledgement", 22, { experiment: "latency" });
    const lines = formatMarkdown({ exitCode: 1, seed: "seed", experiments: [held, row] }).split(
      "\n",
    );
    const table = lines.filter((line) => line.startsWith("|")).map((line) => line.split(" | "));
    const column = table[0]?.indexOf("falsely acked<br>writes") ?? -1;
    expect(column).to.be.above(0);
    expect(table[2]?.[0]).to.equal("| latency");
    expect(table[2]?.[column]).to.equal("22");
    expect(lines[2]).to.equal("**22 of 799 acknowledged writes are not safe.**");
  });

  it("shows what went wrong as it was said, with what repeats it and what has changed", () => {
    const problems = [
      "verification: is there: NotHeldError: lost, 1:\n  key",
      "fault: stops: too late",
    ];
    const anomalies = ["lost: key\n  | a ``` b"];
    const lost = { ...held, outcome: "not-held" as const, anomalies, problems };
    const text = formatMarkdown(
      { exitCode: 1, seed: "seed", experiments: [lost] },
      { replay: () => "npm run chaos", changes: ["outage: held → not held"], reports: "reports/x" },
    );
    expect(text).to.include("````text\noutage: 1 × lost:\nlost: key\n  | a ``` b\n````");
    expect(text).to.include("```text\noutage: fault: stops: too late\n```");
    // Said once, with its requests.
    expect(text).not.to.include("is there");
    expect(text).to.include("```sh\nnpm run chaos\n```");
    expect(text).to.include("Since the former drill:\n\n- outage: held → not held\n");
    expect(text).to.include("<code>reports/x</code>");
  });

  it("leaves hostile names and values text", () => {
    const hostile =
      "</td>|[x](https://e.org) <img src=x onerror=y> @team #1 $a$ `b` www.e.org\n# H\u202e";
    const row = unsafeRow("lost", 1, {
      ...{
        experiment: hostile,
        problems: [hostile],
        anomalies: [`lost: ${hostile}\n${"`".repeat(4)}\n# H`],
      },
      ...{ injector: hostile, failure: hostile },
    });
    const text = formatMarkdown(
      { exitCode: 1, seed: hostile, experiments: [row] },
      { replay: () => hostile, changes: [hostile], reports: hostile },
    );
    // What is left of it outside of blocks whose fence is longer than any within.
    const outside = text.replaceAll(/^(`{3,})(?:text|sh)\n[^]*?\n\1$/gm, "");
    expect(outside).not.to.match(/<(?!br>|code>|\/code>)|[[\]`$\u202e]|@\w|https:\/\/|www\.e/);
    expect(outside.match(/^# /m)).to.equal(null);
    for (const line of text.split("\n").filter((each) => each.startsWith("| ")))
      expect(line.split("|")).to.have.lengthOf(text.split("\n")[4]?.split("|").length ?? 0);
    expect(text).not.to.include("\u202e");
  });
});
