import { findProgram } from "../../local/deploy/find-program.ts";
import { CannotRunError } from "../cannot-run-error.ts";

/** @throws CannotRunError when there is no program to deploy in the folder */
export function assertHasProgram(folder = "."): void {
  try {
    findProgram(folder);
  } catch (error) {
    throw new CannotRunError(error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}
