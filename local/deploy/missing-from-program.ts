import { dirname } from "node:path";

/** What a program asked for and did not get, and what to do about it. */
export interface Missing {
  readonly sentence: string;
  /** Full key of the configuration, where that is what is missing. */
  readonly key?: string;
}

/**
 * Reads an error that ended a program for one that its author does not have to look into: a
 * configuration key without a value, or a package that is not installed.
 *
 * @param entry path of the program's entry module
 * @returns undefined for any other error
 */
export function missingFromProgram(error: unknown, entry: string): Missing | undefined {
  if (!(error instanceof Error)) return undefined;
  const key = /Missing required configuration variable '([^']+)'/.exec(error.message)?.[1];
  if (key !== undefined)
    return {
      key,
      sentence:
        `The program needs a value for the configuration key ${key}: give it with ` +
        `--config ${key}=VALUE.`,
    };
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "MODULE_NOT_FOUND" && code !== "ERR_MODULE_NOT_FOUND") return undefined;
  const module = /Cannot find (?:module|package) '([^']+)'/.exec(error.message)?.[1];
  if (module === undefined || /^[./]|^file:/.test(module)) return undefined;
  return {
    sentence:
      `The program needs ${module}, which is not installed: install its packages in ` +
      `${dirname(entry)} first (npm install).`,
  };
}
