import { expect } from "chai";
import { countByKind } from "../../../chaos/harness/anomaly.ts";
import type { AnomalyKind } from "../../../chaos/harness/anomaly.ts";
import { failureLines } from "../../../chaos/report/failure-lines.ts";
import type { SummaryRow } from "../../../chaos/report/summary.ts";
import { printResult } from "../../../chaos/terminal/print-result.ts";
import { outputOf } from "../../../chaos/terminal/output-of.ts";

const anomalies = (kind: AnomalyKind, count: number) =>
  Array.from(
    { length: count },
    (_, at) => `${kind}: key-${String(at)} ${"was lost ".repeat(40)}\n  - a`,
  );
const row = (name: string, lost: number): SummaryRow => ({
  experiment: name,
  outcome: "not-held",
  acknowledged: 600,
  lost,
  stale: 0,
  unsafe: lost,
  counts: countByKind([
    ...Array.from({ length: lost }, () => ({ kind: "lost" }) as const),
    { kind: "phantom" },
  ]),
  problems: ["verification: nothing is lost: NotHeldError: lost, 43:"],
  anomalies: [...anomalies("lost", 3), ...anomalies("phantom", 1)],
});

describe("failureLines", () => {
  const options = { reports: "reports/a b" };

  it("shows three anomalies of one experiment, one of each kind first, and where the rest is", () => {
    const lines = failureLines({ experiments: [row("outage", 500)] }, options);
    expect(lines[0]).to.equal("outage: 500 × lost, 1 × phantom; the first 3:");
    const kinds = lines.flatMap((line) => /^ {2}(\S+): key-(\d)/.exec(line)?.slice(1) ?? []);
    expect(kinds).to.deep.equal(["lost", "0", "phantom", "0", "lost", "1"]);
    expect(lines.slice(-2).join(" ").replaceAll(/\s+/g, " ")).to.include(
      "All of it: npm run chaos -- --show 'reports/a b' --only outage",
    );
  });

  it("shows nothing of what held, and nothing twice of a single step", () => {
    const held = { ...row("outage", 0), outcome: "held" as const };
    const unknown: SummaryRow = {
      ...{ experiment: "latency", outcome: "unknown", anomalies: [] },
      problems: ["recovery: drains: it did not"],
    };
    expect(failureLines({ experiments: [held, unknown] }, options)).to.deep.equal([]);
  });

  it("keeps a failing experiment on a screen of 80 columns and 30 lines, and ten on 60", () => {
    for (const [count, most] of [
      [1, 30],
      [10, 60],
    ] as const) {
      const experiments = Array.from({ length: count }, (_, at) =>
        row(`outage-${String(at)}`, 500),
      );
      const printed: string[] = [];
      const output = { ...outputOf({ json: false, verbose: false }, {}), width: 80 };
      printResult(
        { exitCode: 1, seed: "seed", experiments },
        { ...output, print: (text) => printed.push(...text.split("\n")) },
        { reportsDirectory: "/none", unwritten: [], json: false },
      );
      expect(printed.length).to.be.at.most(most);
      for (const line of printed) expect(line.length).to.be.at.most(80);
      expect(printed.at(-1)).to.match(
        count === 1
          ? /500 lost, 1 phantom\.$/
          : /^✘ 0 of 10 held: 6000 acknowledged writes, 5000 of /,
      );
    }
  });

  it("lets no text of the application steer the terminal", () => {
    const hostile = {
      ...row("outage", 1),
      anomalies: ["lost: \u001b]0;title\u0007\u001b[2J\u202Ekey\r"],
    };
    const text = failureLines({ experiments: [hostile] }, options).join("\n");
    expect(text).not.to.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});
