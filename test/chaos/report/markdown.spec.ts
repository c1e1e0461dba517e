import { expect } from "chai";
import { formatMarkdown } from "../../../chaos/report/markdown.ts";
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
  it("is at most 30 KB, whatever went wrong", () => {
    const anomalies = Array.from(
      { length: 400 },
      (_, at) => `lost: ${"é".repeat(900)} ${String(at)}`,
    );
    const problems = Array.from({ length: 40 }, () => "verification: ✘".repeat(900));
    const row = { ...held, outcome: "not-held" as const, problems, anomalies };
    const text = formatMarkdown({ exitCode: 1, seed: "seed", experiments: [row] });
    expect(Buffer.byteLength(text)).to.be.within(10_000, 30_000);
    expect(text).to.include("More is in the journals");
  });

  it("is a table with a row an experiment, and notes below it", () => {
    const lines = formatMarkdown({ exitCode: 0, seed: "seed", experiments: [held, leftOut] }).split(
      "\n",
    );
    expect(lines[0]).to.equal("## Outage drill: 1 of 1 experiments held");
    const table = lines.filter((line) => line.startsWith("|"));
    expect(table).to.have.lengthOf(4);
    expect(new Set(table.map((line) => line.split(" | ").length))).to.deep.equal(new Set([9]));
    expect(table[0]).to.match(/^\| experiment \| outcome \| acked<br>writes \| lost<br>writes \|/);
    expect(table[2]).to.equal("| outage | held | 150 | 0 | 0 | 2.0 s | – | – | – |");
    expect(lines).to.include(
      "- outage: injected through FIS: dynamodb fails with 500 DynamoDbException",
    );
    expect(lines).to.include("- slow-database: not applicable: nothing delays \\<one\\> service");
  });

  it("shows what went wrong as it was said", () => {
    const lost = { ...held, outcome: "not-held" as const, anomalies: ["lost: key\n  | a ``` b"] };
    const text = formatMarkdown({ exitCode: 1, seed: "seed", experiments: [lost] });
    expect(text).to.include("## Outage drill: 0 of 1 experiments held");
    expect(text).to.include("```text\noutage: 1 × lost:\nlost: key\n  | a ''' b\n```");
  });
});
