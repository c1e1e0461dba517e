import { createHash } from "node:crypto";
import { anomalyKinds } from "../harness/anomaly.ts";
import type { AnomalyKind } from "../harness/anomaly.ts";
import { compareSummaries } from "../report/compare.ts";
import type { RowChange } from "../report/compare.ts";
import type { Summary, SummaryRow } from "../report/summary.ts";
import { describeEvidence, totalEvidence } from "../report/total-evidence.ts";
import { anomaliesSection } from "./anomalies-section.ts";
import { experimentSection } from "./experiment-section.ts";
import { markup, Markup } from "./markup.ts";
import { repeatCommand } from "./repeat-command.ts";
import { countOf, resultsTable } from "./results-table.ts";
import type { RunView } from "./run-view.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";
import { count, duration, utc, words } from "./texts.ts";
import { verdictOf } from "./verdict.ts";

export interface RenderOptions {
  /** A former run to compare with. */
  readonly baseline?: Summary | undefined;
}

/** More marks than this on a page would slow a browser down. */
const mostMarks = 20_000;

/** The report of a run as one HTML page that needs nothing else: no file, no network, no script. */
export function renderReport(run: RunView, { baseline }: RenderOptions = {}): string {
  const comparison = baseline && compareSummaries(run.summary, baseline);
  const verdict = verdictOf(run.summary);
  const total = run.experiments.reduce((sum, { requests }) => sum + requests.length, 0);
  const share = mostMarks / Math.max(1, run.experiments.length);
  const page = markup`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${verdict.sign} ${verdict.sentence} Outage drill</title>
        ${new Markup(`<style>${style}</style>`)}
      </head>
      <body>
        <main>
          <header>
            <h1>
              <span class="${verdict.tone}" aria-hidden="true">${verdict.sign}</span>
              ${verdict.sentence}
            </h1>
            ${totals(run.summary)} ${origin(run)} ${busyMachine(run)}
            ${verdict.tone !== "not-held" && evidence(run.summary)}
          </header>
          ${anomaliesSection(run.experiments)} ${resultsTable(run.experiments, comparison)}
          ${comparison && baselineNote(comparison, baseline.seed)}
          ${run.experiments.map((view) =>
            experimentSection(view, {
              inBuckets: total > mostMarks && view.requests.length > share,
              command: repeatCommand(run.summary, view),
            }),
          )}
        </main>
        <footer>
          Drawn by Outage Drill from the journals and histories beside this file; every number is in
          them. What the words mean: docs/concepts.md and docs/history-model.md of the project.
        </footer>
        ${new Markup(`<script>${script}</script>`)}
      </body>
    </html> `;
  return page.text;
}

/** What the page's policy allows: this text and no other. Source: Content Security Policy Level 3, 2.3.1. */
function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}

/** The other kinds of anomalies are among the totals once they occur. */
const alwaysTotalled: ReadonlySet<AnomalyKind> = new Set<AnomalyKind>([
  "lost",
  "dead-lettered",
  "stale",
  "phantom",
  "false-acknowledgement",
]);

function totals({ experiments }: Summary): Markup {
  const tried = experiments.filter(({ outcome }) => outcome !== "not-applicable");
  const held = tried.filter(({ outcome }) => outcome === "held").length;
  const sum = (of: (row: SummaryRow) => number | undefined) => {
    const known = tried.map(of).filter((value) => value !== undefined);
    return known.length === 0 ? "–" : String(known.reduce((total, value) => total + value, 0));
  };
  const shown: readonly (readonly [string, string, boolean])[] = [
    [
      "experiments held",
      `${String(held)} of ${String(tried.length)}`,
      tried.some(({ outcome }) => outcome === "not-held"),
    ],
    ["writes acknowledged", sum(({ acknowledged }) => acknowledged), false],
    ...anomalyKinds.flatMap((kind) => {
      const value = sum((row) => countOf(row, kind));
      const isBad = value !== "0" && value !== "–";
      return isBad || alwaysTotalled.has(kind) ? [[words(kind), value, isBad] as const] : [];
    }),
  ];
  return markup`<dl class="totals">
    ${shown.map(
      ([name, value, isBad]) =>
        markup`<div>
          <dt>${name}</dt>
          <dd class="${isBad && "bad"}">${value}</dd>
        </div>`,
    )}
  </dl>`;
}

function origin({ summary, experiments }: RunView): Markup {
  const starts = experiments.flatMap(({ startedMs }) => startedMs ?? []);
  const ends = experiments.flatMap(({ endedMs }) => endedMs ?? []);
  const startMs = starts.length > 0 ? Math.min(...starts) : undefined;
  const endMs = ends.length > 0 ? Math.max(...ends) : undefined;
  const endpoints = new Set(
    experiments.flatMap(({ target, startedMs }) =>
      startedMs === undefined ? [] : target.endpoint === undefined ? "AWS" : "an emulator",
    ),
  );
  const facts = [
    endpoints.size > 0 && `on ${[...endpoints].join(" and ")}`,
    startMs !== undefined && utc(startMs),
    startMs !== undefined && endMs !== undefined && duration(endMs - startMs),
    summary.seed !== "" && `seed ${summary.seed}`,
  ].filter((each) => typeof each === "string");
  const command = repeatCommand(summary);
  return markup`<p class="quiet">${facts.join(" · ")}</p>
    <p class="command">
      <code>${command}</code> <button type="button" data-copy="${command}">copy</button>
    </p>`;
}

/** Steps that only a quicker machine would decide; what the stores have shown stands. */
function busyMachine({ experiments }: RunView): Markup | undefined {
  const open = experiments.flatMap(({ steps }) =>
    steps.filter(({ error }) => error?.includes("The machine is too busy") ?? false),
  );
  if (open.length === 0) return undefined;
  return markup`<p class="unknown">
    The machine was too busy to judge times by: ${count(open.length, "step")} could not be decided.
    What the stores and the answers have shown stands all the same.
  </p>`;
}

function evidence(summary: Summary): Markup | undefined {
  const found = summary.evidence ?? totalEvidence(summary.experiments);
  return found && markup`<p class="evidence">${describeEvidence(found)}</p>`;
}

function baselineNote(comparison: readonly RowChange[], seed: string): Markup {
  const worse = comparison.filter(
    ({ before, now }) => before === "held" && now !== undefined && now !== "held",
  );
  const better = comparison.filter(
    ({ before, now }) => before !== undefined && before !== "held" && now === "held",
  );
  const names = (rows: readonly RowChange[]) => rows.map(({ experiment }) => experiment).join(", ");
  return markup`<p>
    Compared with the former run${seed !== "" && ` (seed ${seed})`}:
    ${worse.length > 0 ? markup`<b class="bad">held then and not now: ${names(worse)}</b>` : "nothing that held then has stopped holding"}${better.length > 0 && `; holds now and did not then: ${names(better)}`}.
  </p>`;
}
