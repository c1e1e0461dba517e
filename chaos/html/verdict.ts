import type { Outcome } from "../harness/journal.ts";
import type { Summary } from "../report/summary.ts";
import { count, words } from "./texts.ts";

export interface VerdictText {
  readonly sign: string;
  /** For the colour: `held`, `not-held` or `unknown`. */
  readonly tone: "held" | "not-held" | "unknown";
  readonly sentence: string;
}

/** The verdict on a run, in a sentence that claims no more than was found. */
export function verdictOf({ experiments }: Pick<Summary, "experiments">): VerdictText {
  const tried = experiments.filter(({ outcome }) => outcome !== "not-applicable");
  const with_ = (outcome: Outcome) => tried.filter((row) => row.outcome === outcome);
  const sum = (values: readonly (number | undefined)[]) =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const acknowledged = sum(tried.map((row) => row.acknowledged));
  const unsafe = sum(tried.map((row) => row.unsafe));
  const notHeld = with_("not-held");
  const open = tried.filter(({ outcome }) => outcome !== "held" && outcome !== "not-held");
  if (tried.length === 0) return { ...toneOf("unknown"), sentence: "Nothing could be tried." };
  if (unsafe > 0)
    return {
      ...toneOf("not-held"),
      sentence: `${String(unsafe)} of ${count(acknowledged, "acknowledged write")} ${unsafe === 1 ? "is" : "are"} not safe.`,
    };
  if (notHeld.length > 0)
    return {
      ...toneOf("not-held"),
      sentence: `${String(notHeld.length)} of ${count(tried.length, "experiment")} did not hold.`,
    };
  if (open.length > 0) {
    const kinds = [...Map.groupBy(open, ({ outcome }) => outcome)].map(
      ([outcome, group]) => `${String(group.length)} ${words(outcome)}`,
    );
    return {
      ...toneOf("unknown"),
      sentence: `Not decided: of ${count(tried.length, "experiment")}, ${kinds.join(", ")}.`,
    };
  }
  if (acknowledged === 0)
    return { ...toneOf("held"), sentence: "Everything held; no write was acknowledged." };
  return { ...toneOf("held"), sentence: "Every write that was acknowledged is safe." };
}

/** Shape and colour of an outcome. */
export function toneOf(outcome: Outcome): Omit<VerdictText, "sentence"> {
  if (outcome === "held") return { sign: "✔", tone: "held" };
  if (outcome === "not-held" || outcome === "could-not-run") return { sign: "✘", tone: "not-held" };
  return { sign: outcome === "not-applicable" ? "–" : "?", tone: "unknown" };
}
