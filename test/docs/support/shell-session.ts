import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { isolateFromShell } from "../../../local/isolate-from-shell.ts";
import { project } from "./markdown.ts";

export interface ShellSession extends AsyncDisposable {
  run(command: string): Promise<{ output: string; exitCode: number }>;
}

const mark = "--- end of command";
const deadlineMs = 60_000;

/** A bash in the project's folder that keeps its variables, with nothing of the user's AWS settings. */
export function openShell(): ShellSession {
  const env = { ...process.env };
  isolateFromShell(env);
  const shell = spawn("bash", ["--norc"], {
    cwd: project,
    env: { ...env, AWS_PAGER: "", AWS_MAX_ATTEMPTS: "1" },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(shell, "exit");
  const lines = createInterface({ input: shell.stdout })[Symbol.asyncIterator]();
  return {
    async run(command) {
      shell.stdin.write(`{ ${command}\n} 2>&1 </dev/null\nprintf '\\n${mark} %d\\n' $?\n`);
      const output: string[] = [];
      const timer = setTimeout(() => shell.kill("SIGKILL"), deadlineMs);
      try {
        for (;;) {
          const { value: line, done } = await lines.next();
          if (done) throw new Error(`It did not end in ${String(deadlineMs)} ms: ${command}`);
          if (line.startsWith(mark))
            return { output: output.join("\n"), exitCode: Number(line.slice(mark.length)) };
          output.push(line);
        }
      } finally {
        clearTimeout(timer);
      }
    },
    async [Symbol.asyncDispose]() {
      shell.stdin.end();
      await exited;
    },
  };
}
