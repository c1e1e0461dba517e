import { markup } from "./markup.ts";
import type { Markup } from "./markup.ts";
import {
  bucketsOf,
  chartWidth,
  kindOf,
  latencyScaleOf,
  markKinds,
  pointsPath,
  xOf,
} from "./marks.ts";
import type { LatencyScale, MarkKind } from "./marks.ts";
import type { Request } from "./request.ts";
import type { TimeScale } from "./time-scale.ts";
import { duration } from "./texts.ts";

export interface RequestPanelOptions {
  readonly requests: readonly Request[];
  /** Those that an anomaly names: they are marked, and never put into buckets. */
  readonly wrong: ReadonlySet<Request>;
  readonly scale: TimeScale;
  /** Pixels. */
  readonly top: number;
  readonly height: number;
  /** Whether there are too many requests to draw each. */
  readonly inBuckets: boolean;
}

const slices = 240;

/** Each request where it was due, at the height of its latency on a logarithmic scale. */
export function requestPanel(options: RequestPanelOptions): Markup {
  const { requests, scale, wrong, top, height, inBuckets } = options;
  const latency = latencyScaleOf(requests, height * 10);
  const groups = Map.groupBy(requests, kindOf);
  const keys = new Map<string, number>();
  const marks = markKinds.map((kind) => {
    const all = groups.get(kind) ?? [];
    const single = inBuckets ? all.filter((each) => wrong.has(each)) : all;
    return markup`${
      inBuckets &&
      drawBuckets(
        all.filter((each) => !wrong.has(each)),
        kind,
        scale,
        latency,
      )
    }
    ${single.length > 0 && drawMarks(single, { kind, scale, latency, keys })}`;
  });
  const prefix = commonPrefix([...keys.keys()]);
  const halo = pointsPath([...wrong], scale, latency);
  return markup`${gridlines(latency, top)}
    <svg
      class="plot"
      x="0"
      y="${top}"
      width="100%"
      height="${height}"
      viewBox="0 0 ${chartWidth} ${height * 10}"
      preserveAspectRatio="none"
      data-low="${latency.lowMs}"
      data-high="${latency.highMs}"
      data-from="${Math.round(scale.fromMs - scale.zeroMs)}"
      data-to="${Math.round(scale.toMs - scale.zeroMs)}"
      data-prefix="${prefix}"
      data-keys="${[...keys.keys()].map((key) => encodeURIComponent(key.slice(prefix.length).toWellFormed())).join(" ")}"
    >
      ${marks}${halo !== "" && markup`<path class="halo" d="${halo}" />`}
    </svg>`;
}

function drawMarks(
  requests: readonly Request[],
  {
    kind,
    scale,
    latency,
    keys,
  }: {
    readonly kind: MarkKind;
    readonly scale: TimeScale;
    readonly latency: LatencyScale;
    readonly keys: Map<string, number>;
  },
): Markup {
  const path = pointsPath(requests, scale, latency);
  // For the script: key and answer of each, in the order of the path.
  const about = requests.map(({ keys: [key = ""], answer }) => {
    const at = keys.get(key) ?? keys.size;
    keys.set(key, at);
    return `${at.toString(36)}${/^\d{3}\b/.test(answer) ? `.${answer.slice(0, 3)}` : ""}`;
  });
  const mark = markup`<path class="mark ${kind}" d="${path}" data-about="${about.join(" ")}" />`;
  // A smaller point in the colour of the ground makes a ring of it.
  const isRing = kind === "fail" || kind === "info" || kind === "unread";
  return markup`${mark}${isRing && markup`<path class="hole ${kind}" d="${path}" />`}`;
}

function drawBuckets(
  requests: readonly Request[],
  kind: MarkKind,
  scale: TimeScale,
  latency: LatencyScale,
): Markup | undefined {
  if (requests.length === 0) return undefined;
  const buckets = bucketsOf(requests, scale, slices);
  const bars = buckets.map(
    ({ atMs, leastMs, mostMs }) =>
      `M${String(xOf(scale, atMs))} ${String(latency.y(leastMs))}V${String(latency.y(mostMs))}`,
  );
  const medians = buckets.map(
    ({ atMs, medianMs }) => `M${String(xOf(scale, atMs))} ${String(latency.y(medianMs))}h0`,
  );
  return markup`<path class="range ${kind}" d="${bars.join("")}" /><path
      class="median ${kind}"
      d="${medians.join("")}"
    />`;
}

function gridlines({ lowMs, highMs, y }: LatencyScale, top: number): Markup {
  const decades = Math.round(Math.log10(highMs / lowMs));
  return markup`${Array.from({ length: decades + 1 }, (_, index) => {
    const ms = lowMs * 10 ** index;
    const at = top + y(ms) / 10;
    const name =
      ms < 1000 ? `${String(Number(ms.toPrecision(1)))} ms` : duration(ms).replace(".0", "");
    return markup`<line class="grid" x1="0" x2="100%" y1="${at}" y2="${at}" /><text
        class="tick"
        x="4"
        y="${at - 4}"
        >${index === decades ? "" : name}</text
      >`;
  })}`;
}

/** What all of the keys begin with: it would be a third of the page. */
function commonPrefix(keys: readonly string[]): string {
  const [first = ""] = keys;
  let length = first.length;
  for (const key of keys) while (!key.startsWith(first.slice(0, length))) length -= 1;
  return first.slice(0, length);
}
