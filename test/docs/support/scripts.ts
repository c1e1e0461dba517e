import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { project } from "./markdown.ts";

const { scripts } = JSON.parse(readFileSync(`${project}package.json`, "utf8")) as {
  scripts: Readonly<Record<string, string>>;
};

/** What npm itself takes without `run`. */
const npmCommands = ["ci", "cit", "i", "install", "run", "test"];

export interface NpmCommand {
  readonly text: string;
  /** The script, or npm's own command. */
  readonly name: string;
  readonly options: readonly string[];
}

/** Every `npm …` in the code of a document, with the options after `--`. */
export function findNpmCommands(text: string): NpmCommand[] {
  const code = [...text.matchAll(/^```[^]*?^```|`[^`\n]+`/gm)].join("\n");
  return [...code.matchAll(/\bnpm (run )?([a-z][\w:]*)((?: [^`\n&|)]*)?)/g)].map(
    ([found, run, name = "", rest = ""]) => ({
      text: found.trim(),
      name: run ? `run ${name}` : name,
      options: rest.includes(" -- ")
        ? [...rest.matchAll(/ (--[a-z][\w-]*)/g)].map(([, option = ""]) => option)
        : [],
    }),
  );
}

/** What is wrong with a command: no such script, or an option that its help does not name. */
export async function findProblem({ name, options }: NpmCommand): Promise<string | undefined> {
  const script = name.startsWith("run ") ? scripts[name.slice(4)] : undefined;
  if (!script) return npmCommands.includes(name) ? undefined : `there is no npm ${name}`;
  const command = /^node (.*\S+\.[jt]s(?: [a-z]+)?)$/.exec(script)?.[1];
  if (command === undefined || options.length === 0) return undefined;
  const help = await helpOf(command);
  const unknown = options.find((option) => !new RegExp(`${option}\\b`).test(help));
  return unknown && `npm ${name} -- --help does not name ${unknown}`;
}

const helps = new Map<string, Promise<string>>();

/** @param command what follows `node` */
function helpOf(command: string): Promise<string> {
  const help =
    helps.get(command) ??
    promisify(execFile)(process.execPath, [...command.split(" "), "--help"], { cwd: project }).then(
      ({ stdout }) => stdout,
    );
  helps.set(command, help);
  return help;
}
