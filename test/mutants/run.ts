import { parseArgs } from "node:util";
import { mutants } from "./index.ts";
import type { Mutant } from "./mutant.ts";
import { tryMutant } from "./try-mutant.ts";
import type { Trial } from "./try-mutant.ts";

const help = `npm run mutants -- [options]

Breaks copies of the application, one by one, and says whether the drill finds each; and runs the drill
on unusual applications that are right, which it may not blame.

  --only NAME   try this one (may be repeated): ${mutants.map(({ name }) => name).join(", ")}
  --at-once N   how many are tried at a time, of those that show in the data; the others, which
                need a machine with time, come after them, one by one; default: 1
  --seed TEXT   the seed of every drill
  --verbose     print what the drill of a mutant prints that is not as expected

Exit code: 0 all as expected, 1 not, 3 wrong options.
`;

const mostAttempts = 4;

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
  const trials: Trial[] = [];
  const lane = async (pending: Mutant[]) => {
    for (let mutant = pending.shift(); mutant; mutant = pending.shift()) {
      const trial = await tryAgain(mutant, args);
      trials.push(trial);
      process.stdout.write(formatTrial(trial));
      if (values.verbose && !trial.isAsExpected) process.stdout.write(`${trial.output}\n`);
    }
  };
  const [patient, impatient] = [
    chosen.filter(isPatient),
    chosen.filter((each) => !isPatient(each)),
  ];
  await Promise.all(Array.from({ length: Number(values["at-once"]) }, () => lane(patient)));
  await lane(impatient);
  const wrong = trials.filter(({ isAsExpected }) => !isAsExpected);
  process.stdout.write(`\n${countOf(trials)}\n`);
  return wrong.length === 0 ? 0 : 1;
}

/** What is found in the data is found on a busy machine as well; what is expected needs time. */
function isPatient({ shows }: Mutant): boolean {
  return shows !== undefined && !shows.includes("expectation");
}

/** A drill on a machine without time ends as unknown, and says nothing about the mutant. */
async function tryAgain(mutant: Mutant, args: readonly string[]): Promise<Trial> {
  for (let attempt = 1; ; attempt++) {
    const trial = await tryOrExplain(mutant, args);
    const mayTryAgain = attempt < (trial.isUndecided ? mostAttempts : 2);
    if (trial.isAsExpected || !mayTryAgain) return trial;
  }
}

async function tryOrExplain(mutant: Mutant, args: readonly string[]): Promise<Trial> {
  try {
    return await tryMutant(mutant, args);
  } catch (error) {
    const found = [error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)];
    return {
      mutant,
      isAsExpected: false,
      isUndecided: false,
      found,
      seconds: 0,
      output: String(error),
    };
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
