import { UsageError } from "../../command-line/usage-error.ts";

/** Options of how much a drill does, and of how it shows it. */
export const terminalOptions = {
  list: { type: "boolean", default: false },
  "dry-run": { type: "boolean", default: false },
  show: { type: "string" },
  verbose: { type: "boolean", default: false },
  version: { type: "boolean", default: false },
} as const;

export interface TerminalOptions {
  /** Whether to name the experiments instead of running them. */
  readonly list: boolean;
  /** Whether to do everything but inject. */
  readonly dryRun: boolean;
  /** Folder of a former drill, of which everything is printed that went wrong. */
  readonly show?: string;
  /** Whether every step is printed. */
  readonly verbose: boolean;
  readonly version: boolean;
}

export const terminalHelp = `  --list           name the experiments, a line each, and run nothing
  --dry-run        do everything but inject: deploy, try the workload, see a steady state
  --show DIR       print all that went wrong in the drill whose reports are in this folder
  --verbose        print every step, also on a terminal
  --version        print the version`;

/** @throws UsageError when two of these say that different things are to be done */
export function assertOneTask(
  values: Pick<TerminalOptions, "list" | "dryRun" | "show"> & { readonly stop?: boolean },
): void {
  const { list, dryRun, show, stop = false } = values;
  const given = [
    list && "--list",
    dryRun && "--dry-run",
    show !== undefined && "--show",
    stop && "--stop",
  ].filter((each) => each !== false);
  if (given.length > 1)
    throw new UsageError(`${given.join(" and ")} exclude each other; give one of them.`);
}
