import type { Anomaly } from "../anomaly.ts";
import { anomalyKinds, countByKind } from "../anomaly.ts";
import { checkFalseAcknowledgements } from "../check-false-acknowledgements.ts";
import { checkFaultFired } from "../check-fault-fired.ts";
import { checkRegisters } from "../check-registers.ts";
import { checkUntouchedItems } from "../check-untouched-items.ts";
import type { Verdict } from "../checker.ts";
import { composeCheckers, mergeValidity, toResult } from "../compose-checkers.ts";
import type { Checker, CheckResult } from "../compose-checkers.ts";
import { evidenceOf, tellingWrites } from "../evidence.ts";
import { isAcknowledged } from "../history.ts";
import type { Op } from "../history.ts";
import { checkCounter } from "./check-counter.ts";
import { checkList } from "./check-list.ts";
import { excuseUnknownKeys } from "./excuse-unknown-keys.ts";
import { findTorn } from "./find-torn.ts";
import { isDue } from "./key-record.ts";
import type { KeyRecord, KeyWrite } from "./key-record.ts";
import type { RunInput } from "./run-input.ts";
import { splitByStore } from "./split-by-store.ts";
import type { StorePart } from "./split-by-store.ts";

/**
 * Says whether every acknowledged write survived in every store, in the right order and whole, and
 * whether all that was read fits in. docs/history-model.md has the rules. While something is pending the
 * result is never valid.
 */
export function judgeRun(input: RunInput): Verdict {
  return judgeWithTelling(input).verdict;
}

/** @returns also the acknowledged writes each of which was able to show its loss; one in several stores several times */
export function judgeWithTelling(input: RunInput): {
  readonly verdict: Verdict;
  readonly telling: readonly Op[];
} {
  const parts = splitByStore(input);
  const results = [
    ...parts.map((part) => judgePart(part, input, parts.length > 1)),
    safely("torn writes", () => toResult(findTorn(input))),
    judgeAnswers(input, parts[0]),
  ];
  const anomalies = results
    .flatMap((each) => each.anomalies)
    .sort((a, b) => anomalyKinds.indexOf(a.kind) - anomalyKinds.indexOf(b.kind));
  const telling = parts.flatMap(tellingOf);
  const { clockErrorMs = 0 } = input;
  const verdict = {
    result: mergeValidity(results.map(({ result }) => result)),
    anomalies,
    reasons: [...new Set(results.flatMap(({ reasons }) => reasons))],
    acknowledged: input.history.filter(isAcknowledged).length,
    counts: countByKind(anomalies),
    evidence: evidenceOf(countTelling(telling)),
    ...(clockErrorMs > 0 && { clockErrorMs }),
  };
  return { verdict, telling };
}

function judgePart(part: StorePart, input: RunInput, isOneOfSeveral: boolean): CheckResult {
  const registers = excuseUnknownKeys(
    composeCheckers({ registers: checkRegisters, "untouched items": checkUntouchedItems })(
      part.registers,
    ),
    input.history,
  );
  const accumulated = safely("counters and lists", () => {
    const anomalies = [
      ...part.counters.flatMap((record) => checkCounter(record as never)),
      ...part.lists.flatMap((record) => checkList(record as never)),
    ];
    return toResult(anomalies, input.drained ? [] : ["Something was still pending."]);
  });
  const isAccumulating = part.counters.length + part.lists.length > 0;
  const results = [registers, ...(isAccumulating ? [accumulated] : [])];
  const anomalies = results.flatMap((each) => each.anomalies);
  return {
    result: mergeValidity(results.map(({ result }) => result)),
    anomalies: isOneOfSeveral ? anomalies.map((each) => inStore(each, part.store)) : anomalies,
    reasons: results.flatMap(({ reasons }) => reasons),
  };
}

/** What the answers say, whatever the stores have. */
function judgeAnswers(input: RunInput, first: StorePart | undefined): CheckResult {
  const answers: Checker = composeCheckers({
    "false acknowledgements": checkFalseAcknowledgements,
    "the fault's sign": checkFaultFired,
  });
  return answers({
    ...input,
    initialTable: first?.registers.initialTable ?? new Map(),
    looks: first?.registers.looks ?? [],
  });
}

function inStore(anomaly: Anomaly, store: string): Anomaly {
  return { ...anomaly, message: `In ${store}: ${anomaly.message}` };
}

/** Acknowledged writes each of which would have been missed. */
function tellingOf({ registers, counters, lists }: StorePart): Op[] {
  return [
    ...tellingWrites(registers),
    ...[...counters, ...lists].flatMap((record) => tellingOfRecord(record)),
  ];
}

/**
 * On a counter, writes of which nobody knows cover for those that are lost; on a list those of the same
 * element do.
 */
function tellingOfRecord(record: KeyRecord): Op[] {
  const { writes, sights, drained } = record;
  const last = sights.findLast(({ look }) => look !== undefined);
  if (!last) return [];
  const unknown = writes.filter(({ op }) => op.type === "info").map(({ effect }) => effect);
  const isCovered = ({ effect }: KeyWrite) =>
    "append" in effect
      ? unknown.some((each) => "append" in each && each.append === effect.append)
      : unknown.length > 0 || ("add" in effect && effect.add === 0);
  return writes.flatMap((write) =>
    isDue(write, last, drained) && !isCovered(write) ? [write.op] : [],
  );
}

/** Each write once, in however many stores it would have been missed. */
function countTelling(ops: readonly Op[]): { readonly queued: number; readonly all: number } {
  const byIndex = new Map(ops.map((op) => [op.index, op]));
  const all = [...byIndex.values()];
  return { all: all.length, queued: all.filter(({ type }) => type === "queued").length };
}

function safely(name: string, judge: () => CheckResult): CheckResult {
  try {
    return judge();
  } catch (error) {
    return toResult([], [`The checker of ${name} crashed: ${String(error)}`]);
  }
}
