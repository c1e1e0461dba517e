import type { AnomalyKind } from "../harness/anomaly.ts";
import { anomalyKinds } from "../harness/anomaly.ts";
import type { RowChange } from "../report/compare.ts";
import type { SummaryRow } from "../report/summary.ts";
import { markup } from "./markup.ts";
import type { Content, Markup } from "./markup.ts";
import type { ExperimentView } from "./run-view.ts";
import { duration, words } from "./texts.ts";
import { anchorOf } from "./timeline.ts";
import { toneOf } from "./verdict.ts";

/** All experiments of a run in a table, former numbers and limits beside the values. */
export function resultsTable(
  views: readonly ExperimentView[],
  comparison: readonly RowChange[] = [],
): Markup {
  const kinds = anomalyKinds.filter(
    (kind) =>
      kind === "lost" || kind === "stale" || views.some(({ row }) => (countOf(row, kind) ?? 0) > 0),
  );
  const former = new Map(comparison.map((each) => [each.experiment, each]));
  const gone = comparison.filter(({ now }) => now === undefined);
  return markup`<section aria-labelledby="results">
    <h2 id="results">Experiments</h2>
    <div class="wide">
      <table class="results">
        <thead>
          <tr>
            <th rowspan="2" scope="col">experiment</th>
            <th rowspan="2" scope="col">outcome</th>
            <th rowspan="2" scope="col">acknowledged</th>
            ${kinds.map((kind) => markup`<th rowspan="2" scope="col">${words(kind)}</th>`)}
            <th rowspan="2" scope="col">recovery</th>
            <th colspan="3" scope="colgroup">p99</th>
          </tr>
          <tr>
            <th scope="col">before</th>
            <th scope="col">during</th>
            <th scope="col">after</th>
          </tr>
        </thead>
        <tbody>
          ${views.map((view) => rowMarkup(view, kinds, former.get(view.name)))}
        </tbody>
      </table>
    </div>
    ${comparison.length > 0 && markup`<p class="quiet">In grey: what the former run had, and the difference.${gone.length > 0 && ` Not in this run: ${gone.map(({ experiment, before }) => (before ? `${experiment} (was ${words(before)})` : experiment)).join(", ")}.`}</p>`}
  </section>`;
}

function rowMarkup(
  view: ExperimentView,
  kinds: readonly AnomalyKind[],
  change: RowChange | undefined,
): Markup {
  const { row } = view;
  const { sign, tone } = toneOf(view.outcome);
  const was = (metric: string) => formerly(change, metric);
  const limit = (metric: string) => limitOf(view, metric);
  const changed = change?.before !== undefined && change.before !== view.outcome;
  return markup`<tr>
    <th scope="row"><a href="#${anchorOf(view)}">${view.name}</a></th>
    <td>
      <span class="outcome ${tone}">${sign} ${words(view.outcome)}</span
      >${changed && markup` <span class="former">was ${words(change.before)}</span>`}
    </td>
    <td>${row.acknowledged ?? "–"}${was("acknowledged")}</td>
    ${kinds.map((kind) => {
      const value = countOf(row, kind);
      return markup`<td class="${(value ?? 0) > 0 ? "bad" : ""}">${value ?? "–"}${was(kind)}</td>`;
    })}
    <td>
      ${duration(row.recoveryMs)}${limit("recovery") ?? (view.recoveryLimitMs !== undefined && markup` <span class="limit">≤ ${duration(view.recoveryLimitMs).replace(".0 ", " ")}</span>`)}${was("recovery")}
    </td>
    ${(["before", "during", "after"] as const).map((phase) => markup`<td>${duration(row.latency?.[phase]?.p99Ms)}${limit(`${phase}.p99`)}${was(`${phase} p99`)}</td>`)}
  </tr>`;
}

export function countOf(row: SummaryRow, kind: AnomalyKind): number | undefined {
  return (
    row.counts?.[kind] ?? (kind === "lost" ? row.lost : kind === "stale" ? row.stale : undefined)
  );
}

/** The limits that objectives set. */
function limitOf({ objectives }: ExperimentView, metric: string): Markup | undefined {
  const own = objectives.filter((each) => each.metric === metric);
  if (own.length === 0) return undefined;
  return markup`${own.map(({ limit, status }) => markup` <span class="limit ${status === "not-held" && "bad"}">${limit}</span>`)}`;
}

function formerly(change: RowChange | undefined, metric: string): Content {
  const found = change?.changes.find((each) => each.metric === metric);
  if (!found) return undefined;
  const { now, before, unit } = found;
  const show = (value: number) => (unit === "ms" ? duration(value) : String(value));
  const difference = now - before;
  const size = show(Math.abs(difference));
  const text = difference === 0 ? "=" : `${difference < 0 ? "−" : "+"}${size}`;
  return markup` <span class="former">${show(before)} (${text})</span>`;
}
