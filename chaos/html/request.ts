import { describeEffect } from "../harness/effects.ts";
import type { Effect } from "../workload-contract.ts";
import { epochOf, fieldsOf, listOf, numberOf, textOf } from "./lenient.ts";

/** A request of the history, as far as the page shows it. Epoch milliseconds. */
export interface Request {
  /** Its place in the history. */
  readonly index: number;
  readonly kind: "write" | "read";
  readonly type: "ok" | "queued" | "fail" | "info";
  /** Every key that it concerns, the one that it was made for first. */
  readonly keys: readonly string[];
  /** What was written or read, in a few words. */
  readonly value: string | undefined;
  readonly answer: string;
  readonly intendedMs: number;
  readonly invokeMs: number;
  readonly endMs: number;
}

const types = ["ok", "queued", "fail", "info"] as const;

/** @returns undefined for what is no request */
export function readRequest(value: unknown, position: number): Request | undefined {
  const fields = fieldsOf(value);
  const { kind } = fields;
  const endMs = epochOf(fields["endMs"]);
  const invokeMs = epochOf(fields["invokeMs"]) ?? endMs;
  if ((kind !== "write" && kind !== "read") || endMs === undefined || invokeMs === undefined)
    return undefined;
  const effects = listOf(fields["effects"]).map(fieldsOf);
  const key = textOf(fields["key"]) ?? "";
  const others = effects.flatMap((effect) => textOf(effect["key"]) ?? []);
  return {
    index: numberOf(fields["index"]) ?? position,
    kind,
    type: types.find((each) => each === fields["type"]) ?? "info",
    keys: [...new Set([key, ...others])],
    value: valueOf(fields["value"], fields["found"], effects),
    answer: answerOf(numberOf(fields["status"]), textOf(fields["body"]), textOf(fields["error"])),
    intendedMs: epochOf(fields["intendedMs"]) ?? invokeMs,
    invokeMs,
    endMs,
  };
}

function valueOf(
  value: unknown,
  found: unknown,
  effects: readonly Readonly<Record<string, unknown>>[],
): string | undefined {
  if (typeof value === "string") return value;
  if (found !== undefined) return JSON.stringify(found);
  return effects.length === 0 ? undefined : effects.map(describe).join(", ");
}

function describe(effect: Readonly<Record<string, unknown>>): string {
  const isWhole =
    typeof effect["put"] === "string" ||
    typeof effect["add"] === "number" ||
    typeof effect["append"] === "string" ||
    effect["remove"] === true;
  const store = textOf(effect["in"]);
  const text = isWhole ? describeEffect(effect as unknown as Effect) : JSON.stringify(effect);
  return store === undefined ? text : `${text} in ${store}`;
}

function answerOf(status: number | undefined, body = "", error: string | undefined): string {
  if (error !== undefined) return error;
  return [status === undefined ? "no answer" : String(status), body.trim()]
    .filter((each) => each !== "")
    .join(" ");
}
