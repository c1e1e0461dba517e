import { findProgram } from "../../local/deploy/find-program.ts";
import { CannotRunError } from "../cannot-run-error.ts";

/** @throws CannotRunError when there is no program to deploy in the working directory */
export function assertHasProgram(): void {
  try {
    findProgram(".");
  } catch (error) {
    throw new CannotRunError(error instanceof Error ? error.message : String(error), {
      cause: error,
    });
  }
}
