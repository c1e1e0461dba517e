import { markup } from "./markup.ts";
import type { Markup } from "./markup.ts";
import type { Request } from "./request.ts";
import type { AnomalyView, ExperimentView } from "./run-view.ts";
import { offset, shorten } from "./texts.ts";
import { scale as scaleOf, ticksOf } from "./time-scale.ts";
import type { TimeScale } from "./time-scale.ts";

const laneHeight = 22;
const top = 24;
/** Requests of a key that are drawn around what went wrong; the history has all. */
const mostDrawn = 120;

/** Every write and read of one key, one above the other where they overlap, and what was found in the end. */
export function swimlane(
  view: ExperimentView,
  key: string,
  anomalies: readonly AnomalyView[],
): Markup {
  const requests = requestsOf(view, key, anomalies);
  if (requests.length === 0) return markup`<p class="quiet">No request of this key is known.</p>`;
  const marked = new Set(anomalies.flatMap(({ expected, read }) => [expected, read]));
  const shown = aroundMarked(requests, marked);
  const scale = laneScale(view, shown);
  const lanes = inLanes(shown, scale);
  const bottom = top + lanes.length * laneHeight;
  const sentence = `${String(requests.length)} requests of ${key}: ${anomalies.map(({ message }) => message).join(" ")}`;
  return markup`<figure class="swimlane">
      <svg
        class="chart"
        role="img"
        width="100%"
        height="${bottom + 22}"
        aria-label="${shorten(sentence, 600)}"
      >
        ${faultBand(view, scale, bottom)}
        ${ticksOf(scale, 8).map((seconds, index) => {
          const x = scale.percent(scale.zeroMs + seconds * 1000).toFixed(2);
          return markup`<line
              class="grid"
              x1="${x}%"
              x2="${x}%"
              y1="${top - 4}"
              y2="${bottom}"
            /><text class="time${index % 2 === 1 && " odd"}" x="${x}%" y="${bottom + 16}"
              >${`${String(Number(seconds.toPrecision(6))).replace("-", "−")} s`}</text
            >`;
        })}
        ${lanes.map((lane, index) => lane.map((request) => bar(request, scale, top + index * laneHeight, { number: requests.indexOf(request) + 1, isMarked: marked.has(request) })))}
      </svg>
      <figcaption>
        Each bar is a request, from its sending to its answer, with its number in the list
        below${shown.length < requests.length && markup`; ${shown.length} of ${requests.length} around what went wrong`}.
      </figcaption>
    </figure>
    ${requestList(requests, marked, scale.zeroMs)}`;
}

function requestsOf(
  { requests }: ExperimentView,
  key: string,
  anomalies: readonly AnomalyView[],
): readonly Request[] {
  const own = requests.filter(({ keys }) => keys.includes(key));
  const named = anomalies.flatMap(({ expected, read, writes }) => [expected, read, ...writes]);
  const all = new Set([...own, ...named.filter((each) => each !== undefined)]);
  return [...all].sort((a, b) => a.invokeMs - b.invokeMs || a.index - b.index);
}

function aroundMarked(
  requests: readonly Request[],
  marked: ReadonlySet<Request | undefined>,
): readonly Request[] {
  if (requests.length <= mostDrawn) return requests;
  const middle = Math.max(
    0,
    requests.findIndex((each) => marked.has(each)),
  );
  const start = Math.max(0, Math.min(middle - mostDrawn / 2, requests.length - mostDrawn));
  return requests.filter(
    (each, index) => (index >= start && index < start + mostDrawn) || marked.has(each),
  );
}

function laneScale({ fault }: ExperimentView, requests: readonly Request[]): TimeScale {
  const from = requests.reduce((least, { invokeMs }) => Math.min(least, invokeMs), Infinity);
  const to = requests.reduce((most, { endMs }) => Math.max(most, endMs), -Infinity);
  return scaleOf(from, to, fault.runningMs ?? from, "the fault began");
}

/** So many percent of the width are between two bars of a lane, for the number of the second. */
const apart = 2.6;

function inLanes(requests: readonly Request[], scale: TimeScale): Request[][] {
  const lanes: { until: number; readonly requests: Request[] }[] = [];
  for (const request of requests) {
    const start = scale.percent(request.invokeMs);
    const free = lanes.find(({ until }) => until + apart < start);
    const lane = free ?? { until: 0, requests: [] };
    if (!free) lanes.push(lane);
    lane.until = scale.percent(request.endMs);
    lane.requests.push(request);
  }
  return lanes.map((lane) => lane.requests);
}

function bar(
  request: Request,
  scale: TimeScale,
  y: number,
  { number, isMarked }: { readonly number: number; readonly isMarked: boolean },
): Markup {
  const start = scale.percent(request.invokeMs);
  const width = Math.max(0.45, scale.percent(request.endMs) - start);
  const kind = request.kind === "read" ? "read" : request.type;
  return markup`<g class="bar ${kind}${isMarked && " wrong"}"
    ><rect
      x="${start.toFixed(2)}%"
      y="${y + 4}"
      width="${width.toFixed(2)}%"
      height="12"
      rx="2"
    /><text x="${start.toFixed(2)}%" dx="-3" y="${y + 14}">${number}</text></g
  >`;
}

function faultBand(
  { fault }: ExperimentView,
  scale: TimeScale,
  bottom: number,
): Markup | undefined {
  const { runningMs, stoppedMs, stopMs } = fault;
  const to = stoppedMs ?? stopMs ?? scale.toMs;
  if (runningMs === undefined || runningMs > scale.toMs || to < scale.fromMs) return undefined;
  const start = scale.percent(runningMs);
  const width = Math.max(0.2, scale.percent(to) - start);
  return markup`<rect
      class="fault"
      x="${start.toFixed(2)}%"
      y="18"
      width="${width.toFixed(2)}%"
      height="${bottom - 18}"
    /><text class="fault-name" x="${start.toFixed(2)}%" dx="4" y="13">fault</text>`;
}

const mostListed = 400;

function requestList(
  requests: readonly Request[],
  marked: ReadonlySet<Request | undefined>,
  zeroMs: number,
): Markup {
  const listed = requests.length <= mostListed ? requests : aroundMarked(requests, marked);
  return markup`<details>
    <summary>
      ${requests.length === 1 ? "The request" : markup`The ${requests.length} requests`} of this key
    </summary>
    <div class="wide">
      <table class="requests">
        <thead>
          <tr>
            <th>no.</th>
            <th>sent</th>
            <th>answered</th>
            <th>request</th>
            <th>answer</th>
          </tr>
        </thead>
        <tbody>
          ${listed.map(
            (request) =>
              markup`<tr class="${marked.has(request) ? "wrong" : ""}">
                <td>${requests.indexOf(request) + 1}</td>
                <td>${offset(request.invokeMs, zeroMs)}</td>
                <td>${offset(request.endMs, zeroMs)}</td>
                <td>${request.kind} <code>${shorten(request.value ?? "", 240)}</code></td>
                <td>${request.type}: ${shorten(request.answer, 160)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </details>`;
}
