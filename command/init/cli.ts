/** `outage-drill init`: see HELP in options.ts. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { nextCommand } from "../next-command.ts";
import { openPoints } from "./open-points.ts";
import { HELP, type InitOptions, readOptions } from "./options.ts";

async function init({ program, stack, out }: InitOptions): Promise<string> {
  const target = out === undefined ? undefined : path.resolve(out);
  const shown = target === undefined ? "workload.ts" : path.relative(process.cwd(), target);
  // The program may print as well.
  console.log = console.info = console.error;
  // Imported here because it takes long: wrong options are refused without it.
  const { readProgram } = await import("./read-program.ts");
  const { draftWorkload } = await import("./draft-workload.ts");
  const application = await readProgram(program, stack);
  const text = draftWorkload(application, shown);
  if (target === undefined) return text;
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text, { flag: "wx" }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Error(
      `${shown} exists already: remove it, or have the draft elsewhere with --out FILE.`,
    );
  });
  return report(shown, text, program);
}

function report(file: string, text: string, program: string): string {
  const points = openPoints(text);
  const packages = [...text.matchAll(/from "(@aws-sdk\/[^"]+)"/g)].map(([, name]) => String(name));
  return [
    `${file}: drafted, with ${String(points.length)} open ${points.length === 1 ? "point" : "points"}. Say there`,
    ...points.map((what) => `  - ${what}`),
    ...(packages.length === 0
      ? []
      : [`It imports ${packages.join(" and ")}: npm i -D ${packages.join(" ")}`]),
    `Then: ${nextCommand("doctor", { program, workload: file })}`,
    "",
  ].join("\n");
}

try {
  const options = readOptions(process.argv.slice(2));
  process.stdout.write(options.help ? HELP : await init(options));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 3;
}
