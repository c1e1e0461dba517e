import { isDeepStrictEqual } from "node:util";
import { check } from "../../../../chaos/harness/checker.ts";
import { isLegal } from "./brute-force-checker.ts";
import type { SmallHistory } from "./brute-force-checker.ts";
import { Random } from "./random.ts";
import { randomHistory } from "./random-history.ts";
import { toCheckInput } from "./to-check-input.ts";

export interface Comparison {
  readonly histories: number;
  readonly legal: number;
  readonly illegal: number;
  /** Of the illegal ones, those that only dead letters make illegal. */
  readonly deadLettersOnly: number;
  /** Illegal ones that the drill's checker lets pass, and legal ones that it does not. */
  readonly misses: number;
  readonly falseAlarms: number;
  /** Histories in which one of the two sees dead letters alone, and the other something else. */
  readonly otherCause: number;
  /** Histories that the drill's checker leaves undecided. */
  readonly undecided: number;
  /** Anomalies by their kinds. */
  readonly kinds: Readonly<Record<string, number>>;
  /** The first history on which the two differ. */
  readonly difference?: SmallHistory;
}

/** Gives random small histories to the drill's checker and to the brute-force checker. */
export function compareCheckers(count: number, seed: number): Comparison {
  const random = new Random(seed);
  const totals = { legal: 0, illegal: 0, deadLettersOnly: 0, undecided: 0 };
  const wrong = { misses: 0, falseAlarms: 0, otherCause: 0 };
  const kinds: Record<string, number> = {};
  let difference: SmallHistory | undefined;
  for (let done = 0; done < count; done += 1) {
    const history = randomHistory(random);
    const before = { ...wrong };
    const legal = isLegal(history);
    const legalWithoutLetters = legal || isLegal(history, true);
    const verdict = check(toCheckInput(history));
    totals[legal ? "legal" : "illegal"] += 1;
    if (!legal && legalWithoutLetters) totals.deadLettersOnly += 1;
    for (const { kind } of verdict.anomalies) kinds[kind] = (kinds[kind] ?? 0) + 1;
    if (verdict.reasons.some((reason) => reason.startsWith("Too many"))) totals.undecided += 1;
    const isValid = verdict.result === (history.drained ? "valid" : "unknown");
    if (!legal && verdict.result !== "invalid") wrong.misses += 1;
    if (legal && !isValid) wrong.falseAlarms += 1;
    const others = verdict.anomalies.filter(({ kind }) => kind !== "dead-lettered");
    if (others.length === 0 && !legalWithoutLetters) wrong.otherCause += 1;
    if (others.length > 0 && legalWithoutLetters) wrong.otherCause += 1;
    if (!isDeepStrictEqual(before, wrong)) difference ??= history;
  }
  return { histories: count, ...totals, ...wrong, kinds, ...(difference && { difference }) };
}
