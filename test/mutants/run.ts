import { parseArgs } from "node:util";
import { mutants } from "./index.ts";
import type { Mutant } from "./mutant.ts";
import { tryMutant } from "./try-mutant.ts";
import type { Trial } from "./try-mutant.ts";

const help = `npm run mutants -- [options]

Breaks copies of the application, one by one, and says whether the drill finds each; and runs the drill
on unusual applications that are right, which it may not blame.

  --only NAME   try this one (may be repeated): ${mutants.map(({ name }) => name).join(", ")}
  --at-once N   how many are tried at a time; default: 1
  --seed TEXT   the seed of every drill
  --verbose     print what the drill of a mutant prints that is not as expected

Exit code: 0 all as expected, 1 not, 3 wrong options.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true, default: [] },
      "at-once": { type: "string", default: "1" },
      seed: { type: "string" },
      verbose: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(help);
    return 0;
  }
  const unknown = values.only.find((name) => mutants.every((mutant) => mutant.name !== name));
  if (unknown !== undefined) throw new Error(`There is no mutant "${unknown}".`);
  const chosen = mutants.filter(
    ({ name }) => values.only.length === 0 || values.only.includes(name),
  );
  const args = values.seed === undefined ? [] : ["--seed", values.seed];
  const pending = [...chosen];
  const trials: Trial[] = [];
  const lane = async () => {
    for (let mutant = pending.shift(); mutant; mutant = pending.shift()) {
      let trial = await tryOrExplain(mutant, args);
      // A drill on a machine without time ends as unknown, and says nothing about the mutant.
      if (!trial.isAsExpected) trial = await tryOrExplain(mutant, args);
      trials.push(trial);
      process.stdout.write(formatTrial(trial));
      if (values.verbose && !trial.isAsExpected) process.stdout.write(`${trial.output}\n`);
    }
  };
  await Promise.all(Array.from({ length: Number(values["at-once"]) }, lane));
  const wrong = trials.filter(({ isAsExpected }) => !isAsExpected);
  process.stdout.write(`\n${countOf(trials)}\n`);
  return wrong.length === 0 ? 0 : 1;
}

async function tryOrExplain(mutant: Mutant, args: readonly string[]): Promise<Trial> {
  try {
    return await tryMutant(mutant, args);
  } catch (error) {
    const found = [error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)];
    return { mutant, isAsExpected: false, found, seconds: 0, output: String(error) };
  }
}

function formatTrial({ mutant, isAsExpected, found, seconds }: Trial): string {
  const sign = isAsExpected ? "✔" : "✘";
  const kind = mutant.shows ? "broken" : "right";
  return `${sign} ${kind} ${mutant.name} (${mutant.what}; ${seconds.toFixed(0)} s)\n    ${found.join("\n    ")}\n`;
}

function countOf(trials: readonly Trial[]): string {
  const of = (isBroken: boolean) =>
    trials.filter(({ mutant: { shows } }) => (shows !== undefined) === isBroken);
  const fine = (all: readonly Trial[]) => all.filter(({ isAsExpected }) => isAsExpected).length;
  const [broken, right] = [of(true), of(false)];
  return (
    `${String(fine(broken))} of ${String(broken.length)} broken applications found, ` +
    `${String(fine(right))} of ${String(right.length)} right ones not blamed`
  );
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 3;
});
