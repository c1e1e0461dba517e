import { expect } from "chai";
import { describeAnomaly } from "../../../chaos/harness/describe.ts";
import { judge } from "../support/judge.ts";
import { write } from "../support/op.ts";

const fault = { startMs: 0, endMs: 10, possible: [] };

describe("describeAnomaly", () => {
  it("says what the table had, as each look showed it", () => {
    const falsely = [write("a", "1", [1, 2])];
    const texts = (looks: readonly Record<string, string>[]) =>
      judge(falsely, looks, { fault }).anomalies.map(describeAnomaly).join("\n");
    expect(texts([{ a: "1" }])).to.include("  the table had 1 at the first look\n");
    expect(texts([{ a: "1" }])).not.to.include("no such item");
    expect(texts([{ a: "1" }, { a: "1" }])).to.include("  the table had 1 at both looks\n");
    expect(texts([{ a: "1" }, {}])).to.include(
      "  the table had 1 at the first look\n  the table had no such item at the second look\n",
    );
  });

  it("keeps each request on its line, whatever it was answered with", () => {
    const body = "gone\n::stop-commands::x\u001b[2J\r";
    const lost = [write("a\n", "1\u2028", [1, 2], { status: 200, body })];
    const { anomalies } = judge(lost, [{}], { fault: { ...fault, possible: ["ok"] } });
    const text = anomalies.map(describeAnomaly).join("\n");
    expect(text).to.include(String.raw`200 "gone\n::stop-commands::x\u001b[2J"`);
    expect(text)
      .to.match(/^lost: /)
      .and.not.match(/^ *::|[\u001b\r\u2028]/m);
  });

  it("says nothing about a table that was not read", () => {
    const { anomalies } = judge([write("a", "1", [1, 2])], [], { fault });
    expect(anomalies).to.have.lengthOf(1);
    expect(anomalies.map(describeAnomaly).join("\n")).not.to.include("table");
  });
});
