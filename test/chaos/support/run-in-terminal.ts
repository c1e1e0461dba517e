import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const script = fileURLToPath(new URL("in-terminal.py", import.meta.url));

/** Whether there is what makes a terminal; a Python without its module `pty` does not (Windows). */
export function hasTerminals(): boolean {
  return spawnSync("python3", ["-c", "import fcntl, pty, termios"]).status === 0;
}

export interface TerminalRun {
  /** Resolves with the exit code once the command has ended. */
  readonly ended: Promise<number | null>;
  /** All that it has written to the terminal so far. */
  text(): string;
  /** See in-terminal.py. */
  order(line: string): void;
  /** Resolves once the terminal has had this text. @throws when the command ends before */
  untilShown(text: string): Promise<void>;
}

/** Runs a command of this project in a terminal of this size, without the variables of CI. */
export function runInTerminal(
  command: readonly string[],
  { columns = 80, rows = 30, env = {} }: Readonly<Partial<TerminalOptions>> = {},
): TerminalRun {
  const child = spawn("python3", [script, String(columns), String(rows), ...command], {
    cwd: root,
    env: { ...withoutCi(process.env), TERM: "xterm", ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (data: string) => {
    text += data;
    child.emit("shown");
  });
  // An order to a terminal that has ended.
  child.stdin.on("error", () => undefined);
  const ended = once(child, "close").then(([code]) => code as number | null);
  return {
    ended,
    text: () => text,
    order: (line) => child.stdin.write(`${line}\n`),
    async untilShown(wanted) {
      let isOver = false;
      void ended.then(() => {
        isOver = true;
        child.emit("shown");
      });
      while (!stripVTControlCharacters(text).includes(wanted)) {
        if (isOver) throw new Error(`The terminal never showed "${wanted}":\n${text}`);
        await once(child, "shown");
      }
    },
  };
}

interface TerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly env: Readonly<Record<string, string>>;
}

function withoutCi(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { CI, GITHUB_ACTIONS, FORCE_COLOR, NO_COLOR, ...rest } = env;
  void [CI, GITHUB_ACTIONS, FORCE_COLOR, NO_COLOR];
  return rest;
}
