import { expect } from "chai";
import fc from "fast-check";
import { formatJunit } from "../../../chaos/ci/junit.ts";
import { outcomeOf } from "../../../chaos/harness/journal.ts";
import type { StepStatus } from "../../../chaos/harness/journal.ts";
import type { SummaryRow } from "../../../chaos/report/summary.ts";
import { parseXml } from "./support/parse-xml.ts";
import type { XmlElement } from "./support/parse-xml.ts";
import { journalOf, rowOf, stepOf, summaryOf, unsafeRow } from "./support/rows.ts";

const file = "chaos/experiments/outage/experiment.ts";

function suitesOf(rows: readonly SummaryRow[], statuses: readonly StepStatus[]): XmlElement {
  const journals = rows.map((row) =>
    journalOf(
      row.experiment,
      row.outcome,
      statuses.map((status) =>
        stepOf({ status, ...(status !== "passed" && { error: row.problems[0] ?? "E" }) }),
      ),
    ),
  );
  return parseXml(formatJunit({ summary: summaryOf(...rows), journals, fileOf: () => file }));
}

function cases(suite: XmlElement | undefined): XmlElement[] {
  return suite?.children.filter(({ name }) => name === "testcase") ?? [];
}

function kindsOf(suite: XmlElement | undefined): (string | undefined)[] {
  return cases(suite).map(({ children }) => children[0]?.name);
}

describe("formatJunit", () => {
  it("has a suite an experiment and a case a step, with relative files and short names", () => {
    const { attributes, children } = suitesOf([rowOf()], ["passed", "passed"]);
    expect(attributes).to.include({ tests: "2", failures: "0", errors: "0", skipped: "0" });
    expect(attributes.time).to.equal("2.500");
    expect(children[0]?.attributes).to.include({ name: "outage", file, time: "2.500" });
    const [first, second] = cases(children[0]);
    const name = "verification: every acknowledged write is in the table";
    expect(first?.attributes).to.deep.equal({ classname: "outage", name, time: "1.250", file });
    // GitLab tells cases apart by classname and name.
    expect(second?.attributes.name).to.equal(`${name} (2)`);
  });

  it("gives the seed and the numbers as properties", () => {
    const row = unsafeRow("false-acknowledgement", 22, { recoveryMs: 4_000 });
    const [suite] = suitesOf([row], ["failed"]).children;
    const properties = Object.fromEntries(
      (suite?.children[0]?.children ?? []).map(({ attributes: { name, value } }) => [name, value]),
    ) as Record<string, string>;
    expect(properties).to.include({
      ...{ seed: "7caf64be", outcome: "not-held", acknowledged: "649", unsafe: "22" },
      ...{ "false-acknowledgement": "22", "recovery-ms": "4000", lost: "0" },
    });
    expect(properties).not.to.have.property("phantom");
  });

  it("shows what is undecided as an error, never as skipped or passed", () => {
    const [suite] = suitesOf(
      [rowOf({ outcome: "unknown" })],
      ["passed", "unknown", "skipped"],
    ).children;
    expect(kindsOf(suite)).to.deep.equal([undefined, "error", "skipped"]);
    expect(cases(suite)[1]?.children[0]?.attributes.type).to.equal("unknown");
  });

  it("begins a failure with its first line, and keeps long ones short", () => {
    const problems = [
      `NotHeldError: lost, 3:\n  outage-hot-4 is gone\n${"  - write\n".repeat(5_000)}`,
    ];
    const [suite] = suitesOf([unsafeRow("lost", 3, { problems })], ["failed"]).children;
    const [failure] = cases(suite)[0]?.children ?? [];
    expect(failure?.attributes.message).to.equal("lost, 3: outage-hot-4 is gone");
    expect(failure?.text.split("\n").length).to.be.at.most(42);
    expect(failure?.text).to.match(/… \d+ more lines$/);
  });

  it("shows what an objective's step has measured, and what was not run as skipped", () => {
    const step = stepOf({
      name: "objective recovery<10s",
      output: "recovery 4.1 s, and < 10 s is demanded",
    });
    const xml = formatJunit({
      summary: { ...summaryOf(rowOf()), notRun: ["latency"] },
      ...{ journals: [journalOf("outage", "held", [step])], fileOf: () => undefined },
    });
    const [held, notRun] = parseXml(xml).children;
    expect(cases(held)[0]?.children.map(({ name, text }) => [name, text])).to.deep.equal([
      ["system-out", "recovery 4.1 s, and < 10 s is demanded"],
    ]);
    expect(notRun?.attributes).to.include({ name: "latency", tests: "1", skipped: "1" });
  });

  it("has an error for an experiment that could not begin, and for one that was interrupted", () => {
    const notBegun = rowOf({ outcome: "could-not-run", problems: ["Error: port 4566 is taken"] });
    const xml = formatJunit({
      summary: summaryOf(notBegun),
      journals: [],
      fileOf: () => undefined,
    });
    const [failed] = parseXml(xml).children;
    expect(kindsOf(failed)).to.deep.equal(["error"]);
    expect(cases(failed)[0]?.children[0]?.attributes.message).to.include("port 4566 is taken");
    const [stopped] = suitesOf([rowOf({ outcome: "interrupted" })], ["passed", "skipped"]).children;
    expect(kindsOf(stopped)).to.deep.equal([undefined, "skipped", "error"]);
  });

  it("is red exactly when the experiment is neither held nor impossible here, and well-formed, whatever it says", () => {
    const status = fc.constantFrom<StepStatus[]>(
      ...(["passed", "failed", "unknown", "not-applicable", "error", "skipped"] as const),
    );
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("]]>", "</failure><x>", '"&\u0000\u001b[31m\ud800', "&lt;\r\n\t"),
    );
    fc.assert(
      fc.property(
        fc.array(status),
        fc.boolean(),
        hostile,
        hostile,
        (statuses, interrupted, name, text) => {
          const steps = statuses.map((each) => stepOf({ status: each, name, error: text }));
          const outcome = interrupted
            ? "interrupted"
            : outcomeOf(steps, { result: "valid" } as never, true);
          const row = rowOf({ experiment: name, outcome, problems: [text], anomalies: [text] });
          const xml = formatJunit({
            ...{
              summary: summaryOf(row),
              journals: [journalOf(name, outcome, steps)],
              fileOf: () => text,
            },
          });
          const [suite] = parseXml(xml).children;
          const isRed = kindsOf(suite).some((kind) => kind === "failure" || kind === "error");
          expect(isRed, outcome).to.equal(outcome !== "held" && outcome !== "not-applicable");
          for (const kind of ["failure", "error"])
            expect(Number(suite?.attributes[`${kind}s`])).to.equal(
              kindsOf(suite).filter((each) => each === kind).length,
            );
        },
      ),
      { numRuns: 50 },
    );
  });
});
