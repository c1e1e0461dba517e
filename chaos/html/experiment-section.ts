import { markup } from "./markup.ts";
import type { Content, Markup } from "./markup.ts";
import type { ExperimentView, StepView } from "./run-view.ts";
import { count, duration, milliseconds, utc, words } from "./texts.ts";
import { anchorOf, timeline } from "./timeline.ts";
import { toneOf } from "./verdict.ts";

export interface ExperimentSectionOptions {
  readonly inBuckets: boolean;
  /** The command that repeats the experiment. */
  readonly command: string;
}

/** One experiment: what was expected and what came of it, its timeline, and everything else folded. */
export function experimentSection(
  view: ExperimentView,
  { inBuckets, command }: ExperimentSectionOptions,
): Markup {
  const { sign, tone } = toneOf(view.outcome);
  const anchor = anchorOf(view);
  const { anomalies } = view;
  return markup`<section class="experiment" id="${anchor}" aria-labelledby="${anchor}-name">
    <h2 id="${anchor}-name">
      ${view.name} <span class="outcome ${tone}">${sign} ${words(view.outcome)}</span>
    </h2>
    ${view.hypothesis !== "" && markup`<p class="hypothesis">${view.title !== "" && markup`<b>${view.title}.</b> `}Expected: ${view.hypothesis}.</p>`}
    ${view.row.notApplicable !== undefined && markup`<p>${view.row.notApplicable}</p>`}
    ${anomalies.length > 0 && markup`<p class="bad"><a href="#anomalies">${count(anomalies.length, "anomal").replace(/anomals?$/, (word) => (word === "anomal" ? "anomaly" : "anomalies"))}</a>, drawn above.</p>`}
    ${problems(view)} ${view.gaps.map((gap) => markup`<p class="quiet">${gap}</p>`)}
    ${timeline(view, inBuckets)} ${view.steps.length > 0 && steps(view.steps)}
    ${
      view.fault.source !== undefined &&
      markup`<details>
        <summary>
          The fault as it was
          injected${view.fault.injector !== undefined && markup` through ${view.fault.injector}`}
        </summary>
        <pre tabindex="0">${view.fault.source}</pre>
      </details>`
    }
    ${numbers(view)} ${view.objectives.length > 0 && objectives(view)}
    <details>
      <summary>Repeat it; where it ran</summary>
      <p class="command">
        <code>${command}</code> <button type="button" data-copy="${command}">copy</button>
      </p>
      <p class="quiet">${environment(view)}</p>
    </details>
  </section>`;
}

function problems({ steps: all, row }: ExperimentView): Content {
  const open = all.filter(
    ({ error, status }) => error !== undefined && status !== "not-applicable",
  );
  if (all.length === 0)
    return row.problems.map((text) => markup`<pre class="problem" tabindex="0">${text}</pre>`);
  return open.map(
    (step) =>
      markup`<details class="problem ${signOf(step.status) === "✘" && "failed"}">
        <summary>${signOf(step.status)} ${step.phase}: ${step.name}</summary>
        <pre tabindex="0">${step.error}</pre>
      </details>`,
  );
}

function steps(all: readonly StepView[]): Markup {
  const passed = all.filter(({ status }) => status === "passed").length;
  return markup`<details>
    <summary>${count(all.length, "step")}, ${passed} passed</summary>
    <div class="wide">
      <table class="steps">
        <thead>
          <tr>
            <th>phase</th>
            <th>step</th>
            <th>took</th>
            <th>result</th>
          </tr>
        </thead>
        <tbody>
          ${all.map(
            ({ phase, name, status, durationMs, output, error }) =>
              markup`<tr class="${status === "passed" ? "" : "other"}">
                <td>${phase}</td>
                <td>${signOf(status)} ${name}</td>
                <td class="number">${duration(durationMs)}</td>
                <td>
                  ${status !== "passed" && markup`<b>${words(status)}</b> `}${output ?? error?.split("\n")[0]}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

function signOf(status: string): string {
  if (status === "passed") return "✔";
  if (status === "failed" || status === "error") return "✘";
  return status === "unknown" ? "?" : "–";
}

function numbers({ row, requests }: ExperimentView): Markup | undefined {
  const { latency = {}, counts, acknowledged, recoveryMs } = row;
  const phases = (["before", "during", "after"] as const).filter((phase) => latency[phase]);
  const found = Object.entries(counts ?? {});
  if (phases.length === 0 && found.length === 0 && acknowledged === undefined) return undefined;
  return markup`<details>
    <summary>The numbers as a table</summary>
    <div class="wide">
      <table class="numbers">
        <thead>
          <tr>
            <th scope="col">answers, ms</th>
            <th scope="col">requests</th>
            <th scope="col">p50</th>
            <th scope="col">p95</th>
            <th scope="col">p99</th>
            <th scope="col">slowest</th>
          </tr>
        </thead>
        <tbody>
          ${phases.map((phase) => {
            const each = latency[phase];
            return (
              each &&
              markup`<tr>
                <th scope="row">${phase} the fault</th>
                <td>${each.count}</td>
                <td>${milliseconds(each.p50Ms)}</td>
                <td>${milliseconds(each.p95Ms)}</td>
                <td>${milliseconds(each.p99Ms)}</td>
                <td>${milliseconds(each.maxMs)}</td>
              </tr>`
            );
          })}
        </tbody>
      </table>
    </div>
    <ul class="facts">
      <li>
        ${count(row.requests ?? requests.length, "request")}, ${acknowledged ?? 0} acknowledged
      </li>
      ${recoveryMs !== undefined && markup`<li>recovered in ${duration(recoveryMs)}</li>`}${found.map(([kind, value]) => markup`<li>${value} ${words(kind)}</li>`)}
    </ul>
  </details>`;
}

const signOfObjective: Readonly<Record<string, string>> = {
  held: "✔",
  "not-held": "✘",
  unknown: "?",
};

function objectives(view: ExperimentView): Markup {
  const missed = view.objectives.filter(({ status }) => status !== "held").length;
  const kept = `${String(view.objectives.length - missed)} of ${String(view.objectives.length)} kept`;
  return markup`<details ${missed > 0 && "open"}>
    <summary>Objectives, ${kept}</summary>
    <div class="wide">
      <table class="objectives">
        <thead>
          <tr>
            <th>objective</th>
            <th>limit</th>
            <th>value</th>
            <th>result</th>
          </tr>
        </thead>
        <tbody>
          ${view.objectives.map(
            ({ text, limit, value, status }) =>
              markup`<tr>
                <td><code>${text}</code></td>
                <td>${limit}</td>
                <td>${value}</td>
                <td>${signOfObjective[status] ?? "–"} ${words(status)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}

function environment({
  startedMs,
  endedMs,
  target,
  environment: facts,
  seed,
}: ExperimentView): string {
  return [
    startedMs !== undefined &&
      `${utc(startedMs)}${endedMs === undefined ? "" : `, ${duration(endedMs - startedMs)}`}`,
    seed !== undefined && `seed ${seed}`,
    target.endpoint === undefined ? target.region && "AWS" : `endpoint ${target.endpoint}`,
    target.region !== undefined && `region ${target.region}`,
    ...target.config.map(([key, value]) => `${key}=${value}`),
    ...facts,
  ]
    .filter((each) => typeof each === "string" && each !== "")
    .join(" · ");
}
