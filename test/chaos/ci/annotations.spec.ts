import { expect } from "chai";
import { annotations } from "../../../chaos/ci/annotations.ts";
import { workflowCommand } from "../../../chaos/ci/workflow-command.ts";
import type { SummaryRow } from "../../../chaos/report/summary.ts";
import { rowOf, summaryOf, unsafeRow } from "./support/rows.ts";

const options = {
  source: () => ({ file: "drill/workload.ts", line: 7 }),
  replay: ({ experiment }: SummaryRow) =>
    `npx outage-drill run --only ${experiment} --seed 7caf64be`,
};

describe("annotations", () => {
  it("name what did not hold, where it stands and what repeats it", () => {
    const lines = annotations(summaryOf(rowOf(), unsafeRow("lost", 22)), options);
    expect(lines).to.deep.equal([
      "::error file=drill/workload.ts,line=7,title=outage%3A not held::" +
        "22 acknowledged writes are not safe: 22 lost.%0A" +
        "lost: outage-hot-4 is gone%0A  - during 10:04:05.678 write outage-hot-4%0A" +
        "Repeat it: npx outage-drill run --only outage --seed 7caf64be",
    ]);
  });

  it("warn of what could not be decided, and say nothing of the rest", () => {
    const rows = (["unknown", "held", "not-applicable"] as const).map((outcome) =>
      rowOf({ outcome }),
    );
    const lines = annotations(summaryOf(...rows), options);
    expect(lines).to.have.lengthOf(1);
    expect(lines[0]).to.match(/^::warning .*title=outage%3A unknown::unknown\./);
  });

  it("are ten at most, the gravest first, and the last one counts the others", () => {
    const undecided = Array.from({ length: 30 }, () => rowOf({ outcome: "unknown" }));
    const lines = annotations(summaryOf(...undecided, unsafeRow("stale", 1)), options);
    expect(lines).to.have.lengthOf(10);
    expect(lines[0]).to.include("1 acknowledged write is not safe: 1 stale.");
    expect(lines[9]).to.match(/^::error title=Outage drill::22 more experiments did not hold/);
  });

  it("are one line each, which no text can end or continue", () => {
    const hostile = "a,title=x::%0A\r\n::set-output name=x::y\u001b[2J\u2028";
    const lines = annotations(
      summaryOf(unsafeRow("lost", 1, { experiment: hostile, anomalies: [`lost: ${hostile}`] })),
      { source: () => ({ file: "a,b:c.ts", line: 1 }), replay: () => hostile },
    );
    expect(lines).to.have.lengthOf(1);
    expect(lines[0]).not.to.match(/[\r\n\u001b\u2028]/);
    expect(lines[0]).to.match(/^::error file=a%2Cb%3Ac\.ts,line=1,title=[^,:]*::/);
  });
});

describe("workflowCommand", () => {
  it("escapes as the runner decodes", () => {
    expect(
      workflowCommand({ command: "error", title: "100 %, x:", message: "50 %\n::a, b" }),
    ).to.equal("::error title=100 %25%2C x%3A::50 %25%0A::a, b");
  });
});
