import path from "node:path";

export interface Place {
  /** Folder of the program. */
  readonly program: string;
  /** Path from the working directory; undefined where there is none. */
  readonly workload: string | undefined;
}

/**
 * The next command to type, with the options without which it would look elsewhere.
 *
 * @param command such as `doctor`
 */
export function nextCommand(command: string, { program, workload }: Place): string {
  const usual = path.join(program, "drill/workload.ts");
  const isUsual = workload === undefined || path.normalize(workload) === usual;
  return [
    `npx outage-drill ${command}`,
    ...(path.normalize(program) === "." ? [] : ["--program", quoted(program)]),
    ...(isUsual ? [] : ["--workload", quoted(workload)]),
  ].join(" ");
}

function quoted(file: string): string {
  return /^[\w./@:\\-]+$/.test(file) ? file : JSON.stringify(file);
}
