import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface DrillProcess {
  readonly child: ChildProcess;
  /** Resolves with the exit code, or with the name of the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** What it has printed on stderr so far. */
  stderr(): string;
  /** Resolves once a line of stdout holds the text. @throws when the process ends before */
  untilSaid(text: string): Promise<void>;
}

/** `npm run chaos` in a process of its own, which a test can send signals to. */
export function startDrillProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): DrillProcess {
  const root = fileURLToPath(new URL("../../..", import.meta.url));
  const child = spawn(process.execPath, ["chaos/cli.ts", ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const lines: string[] = [];
  createInterface(child.stdout).on("line", (line) => {
    lines.push(line);
    child.emit("said");
  });
  const ended = once(child, "close").then(([code, signal]) => (code ?? signal) as number);
  return {
    child,
    ended,
    stderr: () => stderr,
    async untilSaid(text) {
      let isOver = false;
      void ended.then(() => {
        isOver = true;
        child.emit("said");
      });
      for (;;) {
        if (lines.some((line) => line.includes(text))) return;
        if (isOver)
          throw new Error(`The drill never said "${text}":\n${lines.join("\n")}\n${stderr}`);
        await once(child, "said");
      }
    },
  };
}
