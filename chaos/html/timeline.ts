import { curvePanel } from "./curve-panel.ts";
import { debtCurve } from "./debt-curve.ts";
import type { DebtPoint } from "./debt-curve.ts";
import { markup } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { kindOf, markKinds, markNames } from "./marks.ts";
import type { Request } from "./request.ts";
import { requestPanel } from "./request-panel.ts";
import type { ExperimentView } from "./run-view.ts";
import { count, duration, idOf, utc } from "./texts.ts";
import { ticksOf, timeScaleOf } from "./time-scale.ts";
import type { TimeScale } from "./time-scale.ts";

const top = 30;
const requestsHeight = 190;
const curveHeight = 44;
const gap = 30;

/** Requests, fault, queue and debt of an experiment on one axis of time. */
export function timeline(view: ExperimentView, inBuckets: boolean): Markup {
  const scale = timeScaleOf(view);
  if (!scale)
    return markup`<p class="quiet">No request was recorded, so there is nothing to draw.</p>`;
  const wrong = wrongRequests(view);
  const debt = debtCurve({ requests: view.requests, looks: view.looks });
  const queueTop = top + requestsHeight + gap;
  const debtTop = queueTop + (view.queue.length > 0 ? curveHeight + gap : 0);
  const bottom = debtTop + curveHeight;
  const sentence = describe(view, debt);
  return markup`<figure class="timeline">
    ${legend(view.requests, wrong.size)}
    <svg
      class="chart"
      role="img"
      tabindex="0"
      width="100%"
      height="${bottom + 24}"
      aria-label="${sentence}"
    >
      ${faultWindow(view, scale, bottom)}
      ${requestPanel({ requests: view.requests, wrong, scale, top, height: requestsHeight, inBuckets })}
      ${view.queue.length > 0 && queuePanel(view, scale, queueTop)}
      ${debtPanel(view, debt, scale, debtTop)} ${axis(scale, bottom)}
    </svg>
    <output class="about" aria-live="polite"></output>
    <figcaption>${sentence} ${caption(view, scale, inBuckets)}</figcaption>
  </figure>`;
}

/** Requests that an anomaly names as the ones that went wrong. */
export function wrongRequests({ anomalies, requests }: ExperimentView): ReadonlySet<Request> {
  const known = new Set(requests);
  return new Set(
    anomalies
      .flatMap(({ expected, read }) => [expected, read])
      .filter((each): each is Request => each !== undefined && known.has(each)),
  );
}

function legend(requests: readonly Request[], wrong: number): Markup {
  const counts = Map.groupBy(requests, kindOf);
  const shown = [...markKinds].filter((kind) => counts.has(kind));
  return markup`<ul class="legend">
    ${shown.map(
      (kind) =>
        markup`<li>
          <svg class="plot" width="12" height="12" aria-hidden="true">
            <path class="mark ${kind}" d="M6 6h0" />
            ${kind === "fail" || kind === "info" || kind === "unread" ? markup`<path class="hole ${kind}" d="M6 6h0" />` : ""}</svg
          >${markNames[kind]} <b>${counts.get(kind)?.length ?? 0}</b>
        </li>`,
    )}${
      wrong > 0 &&
      markup`<li>
        <svg class="plot" width="16" height="16" aria-hidden="true">
          <path class="halo" d="M8 8h0" /></svg
        >named by an anomaly <b>${wrong}</b>
      </li>`
    }
  </ul>`;
}

function faultWindow(
  { fault }: ExperimentView,
  scale: TimeScale,
  bottom: number,
): Markup | undefined {
  const { injectedMs, runningMs, stopMs, stoppedMs } = fault;
  const from = runningMs ?? injectedMs;
  if (from === undefined) return undefined;
  const to = stoppedMs ?? stopMs ?? scale.toMs;
  const start = scale.percent(from);
  const width = Math.max(0.2, scale.percent(to) - start);
  return markup`<rect
      class="fault"
      x="${start.toFixed(2)}%"
      y="20"
      width="${width.toFixed(2)}%"
      height="${bottom - 20}"
    />
    <text class="fault-name" x="${start.toFixed(2)}%" dx="4" y="14"
      >${`fault, ${duration(Math.max(0, to - from))}`}</text
    >`;
}

function queuePanel({ queue, fault }: ExperimentView, scale: TimeScale, at: number): Markup {
  const most = queue.reduce((peak, { total }) => Math.max(peak, total), 0);
  const filled = queue.findLastIndex(({ total }) => total > 0);
  const empty = queue[filled + 1];
  const after = fault.stoppedMs;
  const remark =
    most === 0
      ? "empty in every sample"
      : `${String(most)} at most, ${
          empty === undefined
            ? `${String(queue.at(-1)?.total ?? 0)} in the last sample`
            : after === undefined || empty.atMs < after
              ? "empty in the end"
              : `empty ${duration(empty.atMs - after)} after the fault`
        }`;
  return curvePanel({
    ...{ name: "queue", remark, className: "queue", scale, top: at, height: curveHeight },
    points: queue.map(({ atMs, total }) => ({ atMs, value: total })),
    untilMs: queue.at(-1)?.atMs ?? scale.toMs,
  });
}

function debtPanel(
  view: ExperimentView,
  debt: readonly DebtPoint[],
  scale: TimeScale,
  at: number,
): Markup {
  const start = { atMs: scale.fromMs, value: 0 };
  const points = debt.map(({ atMs, writes, isMeasured }) => ({
    atMs,
    value: writes,
    isMarked: isMeasured,
  }));
  const isKnown = view.looks.length > 0;
  return curvePanel({
    ...{
      name: "debt",
      meaning: "acknowledged, not known to be in the stores",
      className: "debt",
      scale,
      top: at,
      height: curveHeight,
    },
    remark: debtRemark(debt, isKnown),
    points: [start, ...points],
    untilMs: isKnown
      ? Math.max(view.looks.at(-1)?.atMs ?? 0, points.at(-1)?.atMs ?? 0)
      : scale.toMs,
  });
}

function debtRemark(debt: readonly DebtPoint[], isKnown: boolean): string {
  const most = debt.reduce((peak, { writes }) => Math.max(peak, writes), 0);
  const end = debt.findLast(({ isMeasured }) => isMeasured);
  const known = isKnown && end ? `, ${String(end.writes)} at the last look` : ", never counted";
  return `${String(most)} at most${known}`;
}

function axis(scale: TimeScale, bottom: number): Markup {
  return markup`${ticksOf(scale).map((seconds, index) => {
    const x = scale.percent(scale.zeroMs + seconds * 1000).toFixed(2);
    const name = `${seconds < 0 ? "−" : ""}${String(Number(Math.abs(seconds).toPrecision(6)))} s`;
    return markup`<line class="grid" x1="${x}%" x2="${x}%" y1="20" y2="${bottom}" /><text
        class="time${index % 2 === 1 && " odd"}"
        x="${x}%"
        y="${bottom + 16}"
        >${name}</text
      >`;
  })}`;
}

function describe(view: ExperimentView, debt: readonly DebtPoint[]): string {
  const writes = view.requests.filter(({ kind }) => kind === "write");
  const acknowledged = writes.filter(({ type }) => type === "ok" || type === "queued").length;
  const queued = writes.filter(({ type }) => type === "queued").length;
  const { failure, runningMs, stoppedMs } = view.fault;
  const fault =
    failure === undefined
      ? ""
      : `, while ${failure}${
          runningMs !== undefined && stoppedMs !== undefined
            ? ` for ${duration(stoppedMs - runningMs)}`
            : ""
        }`;
  const most = debt.reduce((peak, { writes: each }) => Math.max(peak, each), 0);
  return `${count(view.requests.length, "request")}${fault}: ${String(acknowledged)} of ${count(writes.length, "write")} were acknowledged, ${String(queued)} of them by the queue; at most ${String(most)} were not known to be in the stores.`;
}

function caption(view: ExperimentView, scale: TimeScale, inBuckets: boolean): string {
  const looks = view.looks.length;
  return [
    `Time in seconds since ${scale.zeroName} (${utc(scale.zeroMs)}); each request at the time at which it was due, its height the time from then to the answer, on a logarithmic scale.`,
    ...(inBuckets
      ? [
          "Too many requests to draw each: a line from the fastest to the slowest of each slice, a point at the median; requests that an anomaly names are all drawn.",
        ]
      : []),
    ...(view.queue.length > 0
      ? [`The queue was asked ${String(view.queue.length)} times, from the fault on.`]
      : []),
    looks > 0
      ? `Debt: acknowledged writes were counted in the stores at ${count(looks, "look")} (points); between them it grows by each write that the queue acknowledges.`
      : "Debt: nobody counted acknowledged writes in the stores during this run; the curve grows by each write that the queue acknowledges, and falls by what reads show.",
  ].join(" ");
}

/** Where a section of the page can be linked to. */
export function anchorOf(view: Pick<ExperimentView, "name">): string {
  return idOf("experiment", view.name);
}
