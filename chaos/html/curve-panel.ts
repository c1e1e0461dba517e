import { markup } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { chartWidth, xOf } from "./marks.ts";
import type { TimeScale } from "./time-scale.ts";

export interface CurvePoint {
  readonly atMs: number;
  readonly value: number;
  /** Whether to mark it: it was counted. */
  readonly isMarked?: boolean;
}

export interface CurvePanelOptions {
  readonly name: string;
  /** What the name means; left out where there is no room. */
  readonly meaning?: string;
  /** What the curve comes to, in a few words. */
  readonly remark: string;
  readonly className: string;
  readonly points: readonly CurvePoint[];
  /** Where the curve ends: nothing is known later. */
  readonly untilMs: number;
  readonly scale: TimeScale;
  readonly top: number;
  readonly height: number;
}

/** A curve of steps: each value holds until the next one. Its name and remark stand above it. */
export function curvePanel(options: CurvePanelOptions): Markup {
  const { name, meaning, remark, className, points, untilMs, scale, top, height } = options;
  const most = points.reduce((peak, { value }) => Math.max(peak, value), 1);
  const y = (value: number) => Math.round((1 - value / most) * (height * 10 - 20)) + 10;
  const inside = thinOut(
    points.filter(({ atMs }) => atMs <= scale.toMs),
    scale,
  );
  const [first] = inside;
  const line =
    first &&
    `M${String(xOf(scale, first.atMs))} ${String(y(first.value))}${inside
      .slice(1)
      .map(({ atMs, value }) => `H${String(xOf(scale, atMs))}V${String(y(value))}`)
      .join("")}H${String(xOf(scale, Math.min(untilMs, scale.toMs)))}`;
  const counted = inside
    .filter(({ isMarked }) => isMarked)
    .map(({ atMs, value }) => `M${String(xOf(scale, atMs))} ${String(y(value))}h0`);
  return markup`<text class="panel" x="4" y="${top - 6}"
      ><tspan class="name">${name}</tspan>${meaning !== undefined && markup` <tspan class="long">${meaning}: </tspan>`} ${remark}</text
    >
    <line class="grid" x1="0" x2="100%" y1="${top + height}" y2="${top + height}" />
    ${
      first &&
      line &&
      markup`<svg
        class="curve ${className}"
        x="0"
        y="${top}"
        width="100%"
        height="${height}"
        viewBox="0 0 ${chartWidth} ${height * 10}"
        preserveAspectRatio="none"
      >
        <path class="area" d="${line}V${height * 10}H${xOf(scale, first.atMs)}z" />
        <path class="line" d="${line}" />
        ${counted.length > 0 && markup`<path class="counted" d="${counted.join("")}" />`}
      </svg>`
    }`;
}

/** Of points that would be drawn at the same place, the largest and the last. */
function thinOut(points: readonly CurvePoint[], scale: TimeScale): readonly CurvePoint[] {
  if (points.length <= 400) return onlyChanges(points);
  const groups = Map.groupBy(points, ({ atMs }) => Math.floor(xOf(scale, atMs) / 20));
  return onlyChanges(
    [...groups.values()].flatMap((group) => {
      const last = group.at(-1);
      const peak = group.reduce((a, b) => (b.value > a.value ? b : a));
      return last && last !== peak ? [peak, last] : [peak];
    }),
  );
}

function onlyChanges(points: readonly CurvePoint[]): readonly CurvePoint[] {
  return points.filter(
    ({ value, isMarked }, index) => isMarked || index === 0 || points[index - 1]?.value !== value,
  );
}
