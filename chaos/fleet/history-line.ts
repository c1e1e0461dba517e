import { assertEffects } from "../harness/effects.ts";
import type { Op } from "../harness/history.ts";
import type { Placement } from "../harness/stores.ts";

export const historyFormat = "outage-drill-history";

/** The first line of a worker's history: whose it is, and whose clock it was timed by. */
export interface WorkerLine {
  readonly format: typeof historyFormat;
  readonly version: 1;
  /** Differs for each process that writes a history. */
  readonly id: string;
  /** Such as `2/4`. */
  readonly worker: string;
  /** What keys, payloads and their order came from. */
  readonly seed: string;
  /** Begins every key that this process has made for itself. */
  readonly keyPrefix: string;
  /** Tells machines, and their restarts, apart. */
  readonly machine: string;
  /** Epoch milliseconds by the process's clock. */
  readonly startMs: number;
  readonly writesPerSecond?: number;
  readonly readsPerSecond?: number;
  /** How the stores share keys, as the test of the workload has found. */
  readonly placement?: Placement;
}

/** A write before it is sent: whatever becomes of its sender, it counts as sent. */
export type SentOp = Omit<Op, "endMs" | "type">;

export interface SentLine {
  readonly sent: SentOp;
}

/** The last line of a history whose process ended in order. */
export interface EndLine {
  readonly end: {
    readonly atMs: number;
    /** Of which a line says how they ended. */
    readonly requests: number;
    /** How far the machine's time of day moved against the process's clock meanwhile. */
    readonly clockStepMs: number;
  };
}

export type HistoryLine =
  | { readonly is: "worker"; readonly worker: WorkerLine }
  | { readonly is: "sent"; readonly sent: SentOp }
  | { readonly is: "op"; readonly op: Op }
  | { readonly is: "end"; readonly end: EndLine["end"] };

type Fields = Readonly<Record<string, unknown>>;

const types = ["ok", "queued", "fail", "info"];

/**
 * Reads one line of a history: of a worker's, or of the `.history.jsonl` that a drill writes, which has
 * complete requests only.
 *
 * @throws SyntaxError when it is no JSON, TypeError with what is wrong with it otherwise
 */
export function parseHistoryLine(text: string): HistoryLine {
  const line: unknown = JSON.parse(text);
  if (!isFields(line)) throw new TypeError("it is no JSON object");
  if ("format" in line) return { is: "worker", worker: toWorker(line) };
  if ("end" in line) return { is: "end", end: toEnd(line["end"]) };
  if ("sent" in line) {
    if (!isFields(line["sent"])) throw new TypeError("sent is no request");
    return { is: "sent", sent: toRequest(line["sent"]) };
  }
  const type = line["type"];
  if (!types.includes(type as string))
    throw new TypeError(`type ${show(type)} is none of ${types.join(", ")}`);
  const request = toRequest(line);
  const endMs = timeOf(line, "endMs");
  if (endMs < request.invokeMs) throw new TypeError("it ends (endMs) before it begins (invokeMs)");
  return { is: "op", op: { ...request, endMs, type } as Op };
}

function toRequest(line: Fields): SentOp {
  const { kind, key, value, effects, found, intendedMs } = line;
  if (kind !== "write" && kind !== "read")
    throw new TypeError(`kind ${show(kind)} is neither write nor read`);
  if (typeof key !== "string") throw new TypeError(`key ${show(key)} is no text`);
  if (value !== undefined && typeof value !== "string")
    throw new TypeError(`value ${show(value)} is no text`);
  if (effects !== undefined) assertEffects(effects);
  if (kind === "write" && value === undefined && effects === undefined)
    throw new TypeError("a write needs value, a text, or effects");
  const isFound =
    found === undefined ||
    typeof found === "string" ||
    Number.isFinite(found) ||
    (Array.isArray(found) && found.every((each) => typeof each === "string"));
  if (!isFound) throw new TypeError(`found ${show(found)} is no text, number or list of texts`);
  const invokeMs = timeOf(line, "invokeMs");
  return {
    ...(line as unknown as SentOp),
    index: countOf(line, "index"),
    process: countOf(line, "process"),
    phase: "before",
    intendedMs: typeof intendedMs === "number" ? intendedMs : invokeMs,
    invokeMs,
  };
}

function toWorker(line: Fields): WorkerLine {
  if (line["format"] !== historyFormat || line["version"] !== 1)
    throw new TypeError(
      `format ${show(line["format"])}, version ${show(line["version"])}, is not ${historyFormat}, version 1`,
    );
  for (const name of ["id", "worker", "seed", "keyPrefix", "machine"])
    if (typeof line[name] !== "string")
      throw new TypeError(`${name} ${show(line[name])} is no text`);
  timeOf(line, "startMs");
  return line as unknown as WorkerLine;
}

function toEnd(end: unknown): EndLine["end"] {
  if (!isFields(end)) throw new TypeError("end is no JSON object");
  timeOf(end, "atMs");
  timeOf(end, "clockStepMs");
  if (!Number.isSafeInteger(end["requests"])) throw new TypeError("requests of end is no count");
  return end as unknown as EndLine["end"];
}

function timeOf(line: Fields, name: string): number {
  const time = line[name];
  if (typeof time === "number" && Number.isFinite(time)) return time;
  throw new TypeError(`${name} ${show(time)} is no number of milliseconds`);
}

/** Absent in histories of other tools. */
function countOf(line: Fields, name: string): number {
  const count = line[name] ?? 0;
  if (Number.isSafeInteger(count) && (count as number) >= 0) return count as number;
  throw new TypeError(`${name} ${show(count)} is no count`);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return value === undefined ? "(missing)" : JSON.stringify(value).slice(0, 60);
}
