import type { Summary } from "../report/summary.ts";

/** What shields.io draws a badge from (shields.io/badges/endpoint-badge). */
export interface Badge {
  readonly schemaVersion: 1;
  readonly label: string;
  readonly message: string;
  readonly color: "brightgreen" | "red" | "yellow" | "lightgrey";
  /** Keeps the colour whatever the badge's address asks for. */
  readonly isError?: true;
}

/**
 * The result as a badge, such as "0 of 649 lost". It is green only if every experiment that could be tried
 * held; writes that are unsafe in other ways than lost are counted as well.
 */
export function badgeOf({ experiments }: Pick<Summary, "experiments">): Badge {
  const tried = experiments.filter(({ outcome }) => outcome !== "not-applicable");
  const total = (of: (row: Summary["experiments"][number]) => number | undefined) =>
    tried.reduce((sum, row) => sum + (of(row) ?? 0), 0);
  const has = (outcome: string) => tried.filter((row) => row.outcome === outcome).length;
  const acknowledged = String(total(({ acknowledged }) => acknowledged));
  const [unsafe, lost] = [total((row) => row.unsafe), total((row) => row.lost)];
  const notHeld = has("not-held");
  if (unsafe > 0)
    return bad(`${String(unsafe)} of ${acknowledged} ${unsafe === lost ? "lost" : "not safe"}`);
  if (notHeld > 0) return bad(`${String(notHeld)} of ${String(tried.length)} did not hold`);
  if (has("could-not-run") + has("interrupted") > 0 || tried.length === 0)
    return { ...badge, message: "could not run", color: "lightgrey" };
  if (has("held") < tried.length) return { ...badge, message: "undecided", color: "yellow" };
  return { ...badge, message: `0 of ${acknowledged} lost`, color: "brightgreen" };
}

const badge = { schemaVersion: 1, label: "outage drill" } as const;

function bad(message: string): Badge {
  return { ...badge, message, color: "red", isError: true };
}
