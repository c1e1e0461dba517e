import { anomalyKinds } from "../../chaos/harness/anomaly.ts";
import { runDrill } from "../support/run-drill.ts";
import { scratchCopy } from "../support/scratch-copy.ts";
import type { Mutant } from "./mutant.ts";

export interface Trial {
  readonly mutant: Mutant;
  /** Whether the drill has found what is wrong, or has not blamed what is right. */
  readonly isAsExpected: boolean;
  /** Whether no experiment of it could be judged, since the machine had no time. */
  readonly isUndecided: boolean;
  /** Experiment, its outcome, and what it has found, in a few words each. */
  readonly found: readonly string[];
  readonly seconds: number;
  /** What the drill has printed. */
  readonly output: string;
}

/** Changes a copy of the project and runs the mutant's experiments on it. */
export async function tryMutant(mutant: Mutant, args: readonly string[] = []): Promise<Trial> {
  const startedMs = performance.now();
  await using copy = await scratchCopy();
  for (const { file, before, after } of mutant.edits) await copy.edit(file, before, after);
  const { summary, stderr } = await runDrill(copy.directory, [
    ...mutant.experiments.flatMap((name) => ["--only", name]),
    ...args,
  ]);
  const rows = summary.experiments.map((row) => {
    const kinds = anomalyKinds.filter((kind) => (row.counts?.[kind] ?? 0) > 0);
    const shown = [
      ...kinds,
      ...(row.outcome === "not-held" && kinds.length === 0 ? ["expectation"] : []),
    ];
    const counts = kinds.map((kind) => `${String(row.counts?.[kind])} ${kind}`);
    return { row, shown, text: [row.experiment, row.outcome, ...counts].join(" ") };
  });
  const { shows } = mutant;
  const blamed = rows.filter(({ row }) => row.outcome === "not-held");
  return {
    mutant,
    isAsExpected: shows
      ? blamed.some(({ shown }) => shown.some((each) => (shows as string[]).includes(each)))
      : blamed.length === 0 && summary.experiments.length > 0,
    isUndecided:
      summary.experiments.length > 0 && rows.every(({ row }) => row.outcome === "unknown"),
    found: rows.map(({ text }) => text),
    seconds: (performance.now() - startedMs) / 1000,
    output: stderr,
  };
}
