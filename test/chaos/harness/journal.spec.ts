import { expect } from "chai";
import { countByKind } from "../../../chaos/harness/anomaly.ts";
import { outcomeOf } from "../../../chaos/harness/journal.ts";
import type { JournalStep } from "../../../chaos/harness/journal.ts";
import type { Verdict } from "../../../chaos/harness/checker.ts";

const passed = step("verification", "passed");

describe("outcomeOf", () => {
  it("is held when every step passed and the history is valid", () => {
    expect(outcomeOf([passed], verdict("valid"), true)).to.equal("held");
  });

  it("is not held when a step failed or the history is invalid", () => {
    const failed = step("fault", "failed");
    expect(outcomeOf([passed, failed], verdict("valid"), true)).to.equal("not-held");
    expect(outcomeOf([passed], verdict("invalid"), true)).to.equal("not-held");
  });

  it("could not run when a step broke", () => {
    expect(outcomeOf([step("fault", "error")], undefined, false)).to.equal("could-not-run");
  });

  it("is unknown without a verdict, with an unknown one, and with a step that cannot tell", () => {
    expect(outcomeOf([passed], undefined, true)).to.equal("unknown");
    expect(outcomeOf([passed], verdict("unknown"), true)).to.equal("unknown");
    const undecided = step("recovery", "unknown");
    expect(outcomeOf([undecided], verdict("valid"), true)).to.equal("unknown");
  });

  it("is not applicable when nothing can inject the fault, and held when a check has no say", () => {
    const refused = step("preparation", "not-applicable");
    expect(outcomeOf([refused], undefined, false)).to.equal("not-applicable");
    const silent = step("fault", "not-applicable");
    expect(outcomeOf([passed, silent], verdict("valid"), true)).to.equal("held");
  });

  it("is unknown when the fault never fired, whatever was expected during it", () => {
    expect(outcomeOf([step("fault", "failed")], undefined, false)).to.equal("unknown");
    expect(outcomeOf([step("steady state", "failed")], undefined, false)).to.equal("not-held");
  });
});

function step(phase: JournalStep["phase"], status: JournalStep["status"]) {
  return { phase, status };
}

function verdict(result: Verdict["result"]): Verdict {
  const evidence = { queued: 0, all: 0 };
  const counts = countByKind([]);
  return { result, acknowledged: 1, counts, evidence, anomalies: [], reasons: [] };
}
