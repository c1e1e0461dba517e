import { spawn } from "node:child_process";
import { once } from "node:events";
import { randomBytes } from "node:crypto";

export interface RepeatOptions {
  /** The arguments of the command, `--until-failure` among them. */
  readonly args: readonly string[];
  /** The most drills. */
  readonly most: number;
  /** Of the first drill; default: a new one. */
  readonly seed?: string | undefined;
}

/** These belong to the repetition, not to what is repeated. */
const ownOptions = ["--until-failure", "--repeat", "--seed"];
const forwarded = ["SIGTERM", "SIGHUP", "SIGQUIT"] as const;

/**
 * Runs the same drill again and again, each in a separate process, so that no memory grows, and with
 * another seed. Stops at the first one that does not hold; its reports are the ones that stay.
 *
 * @returns the exit code of the last drill
 */
export async function repeatUntilFailure({ args, most, seed }: RepeatOptions): Promise<number> {
  const first = seed ?? randomBytes(4).toString("hex");
  const repeated = withoutOwnOptions(args);
  let stopped = false;
  let current: ReturnType<typeof spawn> | undefined;
  // A terminal sends Ctrl-C to the drill itself; here it only ends the repetition.
  const onInterrupt = () => {
    stopped = true;
  };
  const onSignal = (signal: NodeJS.Signals) => {
    stopped = true;
    current?.kill(signal);
  };
  process.on("SIGINT", onInterrupt);
  for (const signal of forwarded) process.on(signal, onSignal);
  try {
    for (let run = 1; ; run += 1) {
      const seedOfRun = run === 1 ? first : `${first}/${String(run)}`;
      process.stderr.write(`Drill ${String(run)} of at most ${String(most)}, seed ${seedOfRun}\n`);
      current = spawn(process.execPath, commandLine(args, [...repeated, "--seed", seedOfRun]), {
        stdio: "inherit",
      });
      const [code, signal] = (await once(current, "exit")) as [number | null, string | null];
      const exitCode = code ?? 1;
      if (signal !== null) process.stderr.write(`The drill was ended by ${signal}.\n`);
      if (exitCode !== 0 || stopped || run >= most) return exitCode;
    }
  } finally {
    process.off("SIGINT", onInterrupt);
    for (const signal of forwarded) process.off(signal, onSignal);
  }
}

/** How this process was started, with other arguments. */
function commandLine(args: readonly string[], others: readonly string[]): string[] {
  const script = process.argv.slice(1, process.argv.length - args.length);
  return [...process.execArgv, ...script, ...others];
}

function withoutOwnOptions(args: readonly string[]): string[] {
  return args.filter((arg, index) => {
    const [name = ""] = arg.split("=");
    const before = args[index - 1];
    const isValue = before !== undefined && ["--repeat", "--seed"].includes(before);
    return !ownOptions.includes(name) && !isValue;
  });
}
