import type { Summary, SummaryRow } from "../report/summary.ts";
import { plainText, shorten } from "./plain-text.ts";

const reasonCharacters = 300;

/** What a drill comes to, in one sentence. */
export function verdictSentence({ experiments }: Pick<Summary, "experiments">): string {
  const tried = experiments.filter(({ outcome }) => outcome !== "not-applicable");
  const acknowledged = sum(tried.map((row) => row.acknowledged));
  const unsafe = sum(tried.map((row) => row.unsafe));
  const notHeld = tried.filter(({ outcome }) => outcome === "not-held").length;
  const open = tried.filter(({ outcome }) => outcome !== "held" && outcome !== "not-held").length;
  if (tried.length === 0) return "Nothing could be tried.";
  if (unsafe > 0)
    return `${String(unsafe)} of ${writes(acknowledged)} ${unsafe === 1 ? "is" : "are"} not safe.`;
  if (notHeld > 0) return `${String(notHeld)} of ${count(tried.length)} did not hold.`;
  if (open > 0)
    return `${String(open)} of ${count(tried.length)} could not be decided: nothing is said of these.`;
  return `Every acknowledged write is safe: ${String(acknowledged)} of ${String(acknowledged)}.`;
}

/** What came of an experiment that did not hold, in one line. */
export function outcomeSentence({ outcome, unsafe = 0, counts, problems }: SummaryRow): string {
  const found = Object.entries(counts ?? {})
    .filter(([, times]) => times > 0)
    .map(([kind, times]) => `${String(times)} ${kind}`)
    .join(", ");
  if (unsafe > 0) return `${writes(unsafe)} ${unsafe === 1 ? "is" : "are"} not safe: ${found}.`;
  if (found !== "") return `${words(outcome)}: ${found}.`;
  const [reason = ""] = plainText(problems[0] ?? "").split("\n");
  return reason === ""
    ? `${words(outcome)}.`
    : `${words(outcome)}: ${shorten(reason, reasonCharacters).replace(/[:.]$/, "")}.`;
}

/** Such as "not held". */
export function words(outcome: string): string {
  return outcome.replaceAll("-", " ");
}

function writes(number: number): string {
  return number === 1 ? "1 acknowledged write" : `${String(number)} acknowledged writes`;
}

function count(number: number): string {
  return number === 1 ? "1 experiment" : `${String(number)} experiments`;
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
