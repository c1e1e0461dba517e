import type { CheckContext } from "./check-context.ts";
import type { Check } from "./experiment.ts";
import { isAcknowledged } from "./history.ts";
import type { Op, OpType, Phase } from "./history.ts";
import { describeOp } from "./describe.ts";
import { hold, TooSlowError, UndecidedError } from "./step-errors.ts";

/** Every request of the phase that `select` picks fulfils `accept`; there must be at least one. */
export function every(
  phase: Phase,
  name: string,
  select: (op: Op) => boolean,
  accept: (op: Op) => boolean,
): Check {
  return {
    name,
    run: (context) => assertEvery(context.within(phase).filter(select), accept, name),
  };
}

/** Of an application that has no time a write fails late; it is not accepted another way. */
export function everyWriteIs(phase: Phase, type: OpType, name: string): Check {
  return {
    name,
    run: (context) =>
      assertEvery(
        context.within(phase).filter(isWrite),
        (op) => op.type === type,
        name,
        (op) => isSlow(op) && !isAcknowledged(op),
      ),
  };
}

export function everyWriteIsAcknowledged(phase: Phase): Check {
  return every(phase, "every POST is acknowledged", isWrite, isAcknowledged);
}

export function everyReadAnswers(phase: Phase, status: number): Check {
  return every(phase, `every GET answers ${String(status)}`, isRead, (op) => op.status === status);
}

/** Milliseconds. Above this, the machine or the stack is too busy to tell a fault from a slow answer. */
const steadyP95Ms = 1_000;

/**
 * Nine in ten requests succeed, and answers take less than a second. Outside a fault a single request
 * may meet a busy machine, which the application answers as it answers a fault: that is not what is
 * tried here. When requests fail and answers are slow as well, it is the machine that is judged, so
 * the result is undecided.
 */
export function isSteady(phase: Phase): Check {
  return {
    name: "at least 90 % of the writes are acknowledged, and of the reads answered",
    limit: `${phase}.p95<=${String(steadyP95Ms)}ms`,
    run: (context) => {
      const latency = context.latency(phase);
      if (latency && latency.p95Ms > steadyP95Ms)
        throw new UndecidedError(
          `The machine or the stack is too slow to be judged: 95 % of the answers took up to ${String(latency.p95Ms)} ms, and ${String(steadyP95Ms)} ms is the most.`,
        );
      const shares = (context.hasReads ? [isWrite, isRead] : [isWrite]).map((select) => {
        const ops = context.within(phase).filter(select);
        if (ops.length === 0) throw new UndecidedError("Nothing to judge: none was answered.");
        const others = ops.filter((op) => (isWrite(op) ? !isAcknowledged(op) : op.type !== "ok"));
        const message = `Not so for ${String(others.length)} of ${String(ops.length)}:\n${list(others)}`;
        const isMet = others.length <= ops.length / 10;
        if (!isMet && others.every(isSlow)) throw new TooSlowError(message);
        hold(isMet, message);
        return `${String(ops.length - others.length)} of ${String(ops.length)}`;
      });
      return `writes ${shares.join(", reads ")}`;
    },
  };
}

/** No write is acknowledged, and every answer says with a 5xx that it was not taken. */
export function everyWriteFails(phase: Phase): Check {
  return every(phase, "every POST fails and says so", isWrite, (op) => (op.status ?? 0) >= 500);
}

/** Whatever phase a write was sent in, its answer came within this time. */
export function everyWriteAnsweredWithin(limitMs: number): Check {
  const name = `every POST is answered within ${String(limitMs / 1000)} s`;
  return {
    name,
    run: (context) => {
      const writes = (["before", "during", "after"] as const)
        .flatMap((phase) => context.sentIn(phase))
        .filter(isWrite);
      const detail = assertEvery(
        writes,
        (op) => op.status !== undefined && op.endMs - op.invokeMs <= limitMs,
        name,
      );
      const slowestMs = Math.max(...writes.map((op) => op.endMs - op.invokeMs));
      return `${detail}; the slowest took ${slowestMs.toFixed(0)} ms`;
    },
  };
}

/** The 95th percentile of the writes and reads of the phase is below the limit. */
export function latencyBelow(phase: Phase, limitMs: number): Check {
  return {
    name: `95 % of the requests take less than ${String(limitMs)} ms`,
    limit: `${phase}.p95<${String(limitMs)}ms`,
    run: (context) => {
      const latency = context.latency(phase);
      hold(latency !== undefined, "No request was answered.");
      if (latency.p95Ms >= limitMs) throw new TooSlowError(`p95 is ${String(latency.p95Ms)} ms.`);
      return `p95 ${String(latency.p95Ms)} ms of ${String(latency.count)} requests`;
    },
  };
}

/** The last check of every experiment. */
export const nothingLostNothingStale: Check = {
  name: "every acknowledged write is in the table, the last one of each key",
  run: (context) => {
    const { anomalies, acknowledged } = context.verdict();
    const groups = [...Map.groupBy(anomalies, ({ kind }) => kind)].flatMap(([kind, group]) => [
      `${kind}, ${String(group.length)}:`,
      ...group.slice(0, 3).map(({ message }) => `  ${message}`),
    ]);
    hold(anomalies.length === 0, groups.join("\n"));
    return `${String(acknowledged)} acknowledged, no anomaly`;
  },
};

export const deadLetterQueueIsEmpty: Check = {
  name: "the dead-letter queue is empty",
  run: async (context: CheckContext) => {
    const givenUp = await context.givenUp();
    const shown = givenUp.slice(0, 3).map((effect) => JSON.stringify(effect).slice(0, 300));
    hold(
      givenUp.length === 0,
      `It holds ${String(givenUp.length)} that came during the run: ${shown.join(" ")}`,
    );
  },
};

export function isWrite(op: Op): boolean {
  return op.kind === "write";
}

export function isRead(op: Op): boolean {
  return op.kind === "read";
}

function assertEvery(
  ops: readonly Op[],
  accept: (op: Op) => boolean,
  name: string,
  mayBeMachine: (op: Op) => boolean = isSlow,
): string {
  if (ops.length === 0)
    throw new UndecidedError(`Nothing to judge: no such request was sent and answered (${name}).`);
  const others = ops.filter((op) => !accept(op));
  const message = `Not so for ${String(others.length)} of ${String(ops.length)}:\n${list(others)}`;
  if (others.length > 0 && others.every(mayBeMachine)) throw new TooSlowError(message);
  hold(others.length === 0, message);
  return `${String(ops.length)} of ${String(ops.length)}`;
}

/** Milliseconds: no answer of an application that has the time takes longer than its first deadline. */
const slowMs = 1_000;

function isSlow(op: Op): boolean {
  return op.endMs - op.invokeMs >= slowMs;
}

function list(ops: readonly Op[]): string {
  return ops.slice(0, 5).map(describeOp).join("\n");
}
