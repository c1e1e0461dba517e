/** What `outage-drill` does once Node.js is new enough: see help.ts. */
import { fileURLToPath } from "node:url";
import { surviveClosedOutput } from "../command-line/survive-closed-output.ts";
import { type Command, commands } from "./commands.ts";
import { help } from "./help.ts";
import { unknownWord } from "./unknown-word.ts";
import { version } from "./version.ts";

surviveClosedOutput();
const [word = "--help", ...rest] = process.argv.slice(2);

if (word === "--version" || word === "-v") process.stdout.write(`${version()}\n`);
else if (word === "--help" || word === "-h") process.stdout.write(help());
else if (word === "help") await runHelp(rest[0]);
else await runCommand(word, rest);

async function runHelp(name: string | undefined): Promise<void> {
  if (name === undefined) process.stdout.write(help());
  else await runCommand(name, ["--help"]);
}

async function runCommand(name: string, args: readonly string[]): Promise<void> {
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) await become(command, args);
  else {
    process.stderr.write(`${unknownWord(name)}\n`);
    process.exitCode = 3;
  }
}

/**
 * Turns this process into the command's, so that it runs as when `npm run` starts it: a command that
 * restarts itself (in a clean environment) restarts its own main module, with Node's options for it.
 */
async function become({ main, nodeOptions = [] }: Command, args: readonly string[]): Promise<void> {
  process.argv = [process.execPath, fileURLToPath(main), ...args];
  process.execArgv.push(...nodeOptions);
  await import(main.href);
}
