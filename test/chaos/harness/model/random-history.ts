import { isAcknowledged } from "../../../../chaos/harness/history.ts";
import type { Op } from "../../../../chaos/harness/history.ts";
import type { Look, SmallHistory } from "./brute-force-checker.ts";
import type { Random } from "./random.ts";

interface Plan {
  readonly op: Op;
  /** Inside this run of the model, when it was accepted and applied; Infinity is never. */
  readonly acceptedMs: number;
  readonly appliedMs: number;
}

/** A write that was applied, in this run of the model. */
type Applied = readonly [Plan, number];

/** When the last request may begin; looks come about then and later. */
const lastMs = 9;

/**
 * A history of two to six requests for one key: what a run of the model shows, and mostly
 * something else that was observed instead, or requests that were answered otherwise.
 */
export function randomHistory(random: Random): SmallHistory {
  const plans = randomPlans(random);
  const history = observe(random, plans, plans);
  return random.chance(0.3) ? history : spoil(random, history);
}

/** What an application shows that loses one acknowledged write. */
export function losingRun(random: Random): { history: SmallHistory; lost: Op | undefined } {
  const plans = randomPlans(random);
  const acknowledged = plans.filter(({ op }) => isAcknowledged(op));
  const lost = acknowledged.length > 0 ? random.pick(acknowledged) : undefined;
  const kept = plans.filter((each) => each !== lost);
  return { history: observe(random, plans, kept), lost: lost?.op };
}

function randomPlans(random: Random): Plan[] {
  const count = random.integer(2, 6);
  const repeats = random.chance(0.4);
  const spread = random.pick([3, 6, lastMs]);
  const readShare = random.pick([0.2, 0.5, 0.7]);
  // Long writes that the store took, all at once: their order is open, and reads must agree on one.
  const isCrowded = random.chance(0.3);
  return Array.from({ length: count }, (_, index) => {
    const startMs = random.integer(0, isCrowded ? 3 : spread);
    const isRead = random.chance(readShare);
    const lengths = isCrowded && !isRead ? [4, 6, 8] : [0, 1, 1, 2, 4];
    const times = [startMs, startMs + random.pick(lengths)] as const;
    const value = repeats ? random.pick(["a", "b"]) : String(index);
    return isRead
      ? plan(read(times))
      : planWrite(random, value, times, isCrowded && random.chance(0.8) ? "ok" : undefined);
  });
}

/** The history of these requests, where some of the writes take effect. */
function observe(random: Random, plans: readonly Plan[], effective: readonly Plan[]): SmallHistory {
  const initial = random.pick([undefined, undefined, "initial", "a", "0"]);
  const show = (interval: Pick<Op, "invokeMs" | "endMs">) =>
    shownAt(random, effective, interval, initial);
  return {
    ops: plans.map(({ op }) => (op.kind === "read" ? answer(op, show(op)) : op)),
    initial,
    looks: randomLooks(random, plans).map((look) => ({
      ...look,
      value: show({ invokeMs: look.startMs, endMs: look.endMs }),
    })),
    deadLetters: plans.flatMap(({ op }) =>
      op.kind === "write" && op.value !== undefined && random.chance(0.12) ? [op.value] : [],
    ),
    drained: random.chance(0.85),
    clockErrorMs: random.chance(0.1) ? 1 : 0,
  };
}

function planWrite(
  random: Random,
  value: string,
  times: readonly [number, number],
  given?: Op["type"],
): Plan {
  const type =
    given ??
    random.pick<Op["type"]>([
      ...(["ok", "ok", "ok", "queued", "queued", "queued"] as const),
      ...(["info", "info", "fail"] as const),
    ]);
  const op: Op = { ...request(times), kind: "write", value, type };
  if (type === "fail") return plan(op);
  const isLate = type === "info";
  if (isLate && random.chance(0.4)) return plan(op);
  const acceptedMs = random.integer(times[0], times[1] + (isLate ? 3 : 0)) + random.next() / 2;
  const appliedMs = acceptedMs + random.pick([0, 1, 2, 4]);
  // What counts as inside an interval is the whole part of a time.
  const isInTime = type !== "ok" || Math.floor(appliedMs) <= times[1];
  return { op, acceptedMs, appliedMs: isInTime ? appliedMs : acceptedMs };
}

function randomLooks(random: Random, plans: readonly Plan[]): Omit<Look, "value">[] {
  const settledMs = Math.max(
    ...plans.map(({ op, appliedMs }) =>
      Math.ceil(Number.isFinite(appliedMs) ? appliedMs : op.endMs),
    ),
  );
  const firstMs = random.chance(0.85) ? settledMs + 1 : random.integer(0, lastMs);
  const first = { startMs: firstMs, endMs: firstMs + random.integer(0, 2) };
  const secondMs = first.endMs + random.integer(0, 2);
  const second = { startMs: secondMs, endMs: secondMs + random.integer(0, 1) };
  return random.pick([[first, second], [first, second], [first], []]);
}

/** What the table showed at a point inside the interval. */
function shownAt(
  random: Random,
  plans: readonly Plan[],
  { invokeMs, endMs }: Pick<Op, "invokeMs" | "endMs">,
  initial: string | undefined,
): string | undefined {
  const atMs = random.integer(invokeMs, endMs) + random.next() / 2;
  const applied = plans
    .filter(({ appliedMs }) => appliedMs <= atMs)
    .map((each): Applied => [each, each.acceptedMs])
    .sort(([, a], [, b]) => a - b);
  const last = applied.at(-1);
  return last ? last[0].op.value : initial;
}

/** Changes one or two things, so that what was observed may contradict the rest. */
function spoil(random: Random, history: SmallHistory): SmallHistory {
  const { ops, initial } = history;
  const values = [...new Set([...ops.map(({ value }) => value), initial, undefined, "nobody's"])];
  let spoilt = history;
  for (let left = random.integer(1, 2); left > 0; left -= 1) {
    const other = random.pick(values.slice(0, random.chance(0.1) ? undefined : -1));
    const target = random.pick([...spoilt.ops, ...spoilt.looks]);
    spoilt = {
      ...spoilt,
      ops: spoilt.ops.map((op) => {
        if (op !== target) return op;
        if (op.kind === "read") return answer(op, other);
        return { ...op, type: random.pick<Op["type"]>(["ok", "queued", "info", "fail"]) };
      }),
      looks: spoilt.looks.map((look) => (look === target ? { ...look, value: other } : look)),
    };
  }
  return spoilt;
}

function request([invokeMs, endMs]: readonly [number, number]) {
  return {
    index: 0,
    process: 0,
    key: "key",
    phase: "during",
    intendedMs: invokeMs,
    invokeMs,
    endMs,
  } as const;
}

function read(times: readonly [number, number]): Op {
  return { ...request(times), kind: "read", type: "ok" };
}

function plan(op: Op): Plan {
  return { op, acceptedMs: Infinity, appliedMs: Infinity };
}

function answer({ invokeMs, endMs }: Op, found: string | undefined): Op {
  const op = read([invokeMs, endMs]);
  return found === undefined
    ? { ...op, type: "fail", status: 404 }
    : { ...op, status: 200, value: found };
}
