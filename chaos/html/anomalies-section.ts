import { markup } from "./markup.ts";
import type { Markup } from "./markup.ts";
import type { AnomalyView, ExperimentView } from "./run-view.ts";
import { swimlane } from "./swimlane.ts";
import { clock, count, idOf, shorten } from "./texts.ts";
import { anchorOf } from "./timeline.ts";
import { whenWrong } from "./when-wrong.ts";

/** So many keys of each kind of anomaly are shown at once, and so many are drawn at all. */
const keysShown = 2;
const keysDrawn = 20;

/** What one key shows of one kind; the anomalies of a key are told together. */
interface Case {
  readonly kind: string;
  readonly key: string;
  readonly anomalies: readonly AnomalyView[];
}

/** All anomalies of a run, experiment by experiment and kind by kind; undefined when there are none. */
export function anomaliesSection(views: readonly ExperimentView[]): Markup | undefined {
  const wrong = views.filter(({ anomalies }) => anomalies.length > 0);
  if (wrong.length === 0) return undefined;
  return markup`<section class="anomalies" aria-labelledby="anomalies">
    <h2 id="anomalies">What went wrong</h2>
    ${wrong.map(ofExperiment)}
  </section>`;
}

function ofExperiment(view: ExperimentView): Markup {
  const kinds = Map.groupBy(view.anomalies, ({ kind }) => kind);
  const drawn = new Map<string, string>();
  return markup`<h3>
      <a href="#${anchorOf(view)}">${view.name}</a>:
      ${[...kinds].map(([kind, group], index) => markup`${index > 0 && ", "}${group.length} × ${kind}`)}
    </h3>
    ${[whenWrong(view, view.anomalies), severalKinds(view.anomalies)].map((sentence) => sentence !== undefined && markup`<p class="quiet">${sentence}</p>`)}
    ${[...kinds].map(([kind, group]) => ofKind(view, kind, group, drawn))}`;
}

/** Why the kinds add up to more than the writes. */
function severalKinds(anomalies: readonly AnomalyView[]): string | undefined {
  const named = anomalies.flatMap(({ expected }) => expected ?? []);
  const several = named.length - new Set(named).size;
  if (several === 0) return undefined;
  return `${count(new Set(named).size, "write")} in all: some are wrong in more than one way, or were seen to be more than once.`;
}

function ofKind(
  view: ExperimentView,
  kind: string,
  group: readonly AnomalyView[],
  drawn: Map<string, string>,
): Markup {
  const cases = [...Map.groupBy(group, ({ key }) => key)].map(([key, anomalies]): Case => ({
    kind,
    key,
    anomalies,
  }));
  const first = cases.slice(0, keysShown);
  const rest = cases.slice(keysShown);
  const draw = (each: Case, index: number) => caseMarkup(view, each, index, drawn);
  return markup`${first.map(draw)}${
    rest.length > 0 &&
    markup`<details class="rest">
      <summary>${count(rest.length, "more key")} with ${kind}</summary>
      ${rest.map((each, index) => draw(each, index + keysShown))}
    </details>`
  }`;
}

function caseMarkup(
  view: ExperimentView,
  { kind, key, anomalies }: Case,
  index: number,
  drawn: Map<string, string>,
): Markup {
  const isDrawn = key !== "" && !drawn.has(key) && drawn.size < keysDrawn;
  const id = idOf("anomaly", view.name, kind, index);
  if (isDrawn) drawn.set(key, id);
  const all = view.anomalies.filter((each) => each.key === key);
  return markup`<article class="case" id="${id}">
    <h4><span class="kind">${kind}</span> <code>${key}</code></h4>
    <ul>
      ${anomalies.map(anomalyItem)}
    </ul>
    ${isDrawn ? swimlane(view, key, all) : whereDrawn(key, drawn)}
  </article>`;
}

function anomalyItem({ message, expected, looks }: AnomalyView): Markup {
  const found = [...new Set(looks.map((value) => value ?? "no such item"))];
  return markup`<li class="anomaly">
    ${shorten(message, 700)}
    <dl>
      ${
        expected &&
        markup`<div>
          <dt>acknowledged at ${clock(expected.endMs)}</dt>
          <dd><code>${shorten(expected.value ?? "", 300)}</code></dd>
        </div>`
      }${
        found.length > 0 &&
        markup`<div>
          <dt>${looks.length > 1 && found.length > 1 ? "the looks found" : "the store had"}</dt>
          <dd>
            ${found.map((value, index) => markup`${index > 0 && ", then "}<code>${shorten(value, 300)}</code>`)}
          </dd>
        </div>`
      }
    </dl>
  </li>`;
}

function whereDrawn(key: string, drawn: ReadonlyMap<string, string>): Markup | undefined {
  if (key === "") return undefined;
  const place = drawn.get(key);
  return place === undefined
    ? markup`<p class="quiet">Its requests are in the history.</p>`
    : markup`<p class="quiet"><a href="#${place}">Its requests are drawn above.</a></p>`;
}
