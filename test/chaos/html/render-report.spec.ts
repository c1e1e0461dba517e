import { expect } from "chai";
import { createHash } from "node:crypto";
import fc from "fast-check";
import { readJournal } from "../../../chaos/html/read-journal.ts";
import { readRow, readSummary } from "../../../chaos/html/read-summary.ts";
import { renderReport } from "../../../chaos/html/render-report.ts";
import { readRequest } from "../../../chaos/html/request.ts";
import { script } from "../../../chaos/html/script.ts";
import { faultMs, renderSample, runOf, sampleHistory, sampleJournal } from "./sample-run.ts";

function marksIn(page: string): number {
  const paths = [...page.matchAll(/<path\s+class="mark [a-z]+"\s+d="([^"]*)"\s+data-about/g)];
  return paths.reduce((sum, [, d = ""]) => sum + d.split("M").length - 1, 0);
}

describe("the report", () => {
  it("draws a mark for each request, and lists each anomaly", () => {
    const page = renderSample();
    expect(marksIn(page)).to.equal(sampleHistory.length);
    expect(page.match(/<li class="anomaly"/g)).to.have.length(2);
  });

  it("has the verdict as its title and heading", () => {
    const page = renderSample();
    expect(page).to.match(/<title>✘ 1 of 3 acknowledged writes is not safe\./);
    expect(page).to.match(/<h1>[^]*1 of 3 acknowledged writes is not safe\.[^]*<\/h1>/);
  });

  it("shows the limit beside the value, the fault, and how to repeat the experiment", () => {
    const page = renderSample();
    expect(page).to.match(/1\.5 s\s*<span class="limit">≤ 60 s<\/span>/);
    expect(page).to.include("percentage");
    expect(page).to.include("--only outage --seed 5eed");
  });

  it("allows its own style and script by their hashes, and nothing else", () => {
    const page = renderSample();
    const [, policy = ""] = /Content-Security-Policy"\s+content="([^"]*)"/.exec(page) ?? [];
    const hash = createHash("sha256").update(script).digest("base64");
    expect(policy).to.include("default-src 'none'");
    expect(policy).to.include(`script-src 'sha256-${hash}'`);
    expect(page).to.include(`<script>${script}</script>`);
    expect(page).not.to.match(/\son\w+=|\sstyle=|(src|href)="(?!#)/);
    expect(Buffer.byteLength(script)).to.be.at.most(4_096);
  });

  it("shows hostile strings as text, wherever they stand", () => {
    const hostile = `</script></title></style></svg><img src=x onerror=alert(1)>"'\u0000\ud800`;
    const poison = (value: unknown): unknown => {
      if (typeof value === "string") return /^\d{4}-/.test(value) ? value : hostile + value;
      if (Array.isArray(value)) return value.map(poison);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.entries(value).map(([key, each]) => [
          key === "config" ? key : key,
          ["kind", "type", "status", "outcome"].includes(key) ? each : poison(each),
        ]),
      );
    };
    const page = renderSample(poison(sampleJournal()), sampleHistory.map(poison));
    expect(page).to.include("&lt;img src=x");
    expect(page).not.to.include("<img");
    expect(page.match(/<\/script>/g)).to.have.length(1);
    expect(page).not.to.match(/[\u0000\ud800]/);
  });

  it("says of a run that could not begin why, without drawing anything", () => {
    const row = { experiment: "outage", outcome: "could-not-run", problems: ["Error: no cloud"] };
    const summary = readSummary({ experiments: [row] });
    const [known = readRow({})] = summary.experiments;
    const page = renderReport({
      summary,
      experiments: [readJournal(known, undefined, [], [])],
    });
    expect(page).to.include("Not decided: of 1 experiment, 1 could not run.");
    expect(page).to.include("Error: no cloud");
    expect(page).to.include("No request was recorded");
  });

  it("claims no safety for a run of which nothing held or was tried", () => {
    for (const outcome of ["unknown", "not-applicable", "could-not-run", "interrupted", "?"]) {
      const page = renderSample({ experiment: "outage", outcome }, []);
      expect(page, outcome).to.match(/<title>\? (Not decided|Nothing could be tried)/);
    }
  });

  it("compares with a former run", () => {
    const now = runOf(sampleJournal(), sampleHistory);
    const former = {
      ...sampleJournal(),
      outcome: "held",
      measurements: { counts: { lost: 0 }, recoveryMs: 900 },
    };
    const baseline = runOf(former, []).summary;
    const page = renderReport(now, { baseline });
    expect(page).to.match(/class="former"\s*>was held/);
    expect(page).to.include(">0 (+1)<");
    expect(page).to.include(">900 ms (+600 ms)<");
    expect(page).to.include("held then and not now: outage");
  });

  it("puts more than 20,000 requests into buckets and keeps those that an anomaly names", () => {
    const many = Array.from({ length: 30_000 }, (_, index) => ({
      ...sampleHistory[index % 2],
      index: 100 + index,
      intendedMs: faultMs + index,
      endMs: faultMs + index + 5 + (index % 50),
    }));
    const page = renderSample(sampleJournal(), [...sampleHistory, ...many]);
    expect(marksIn(page)).to.equal(2);
    expect(page).to.include('class="median ok"');
    expect(Buffer.byteLength(page)).to.be.below(300_000);
  });

  it("draws whatever a journal, a summary or a history holds", () => {
    const keys = Object.keys(sampleJournal());
    const broken = fc.dictionary(fc.constantFrom(...keys), fc.jsonValue());
    const mixed = broken.map((fields) => ({ ...sampleJournal(), ...fields }));
    const op = fc.dictionary(
      fc.constantFrom(...Object.keys(sampleHistory[0] ?? {})),
      fc.jsonValue(),
    );
    const ops = fc.array(
      fc.oneof(
        fc.jsonValue(),
        op.map((fields) => ({ ...sampleHistory[0], ...fields })),
      ),
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), broken, mixed),
        ops,
        fc.jsonValue(),
        (journal, history, other) => {
          const summary = readSummary({ experiments: [journal, other] });
          const requests = history.flatMap((each, index) => readRequest(each, index) ?? []);
          const experiments = summary.experiments.map((row) =>
            readJournal(row, journal, requests, []),
          );
          const page = renderReport({ summary, experiments }, { baseline: readSummary(other) });
          expect(page).to.match(/^<!doctype html>/);
          expect(page).not.to.match(/="[^"]*(NaN|Infinity)%?"/);
        },
      ),
      { numRuns: 150 },
    );
  });
});
