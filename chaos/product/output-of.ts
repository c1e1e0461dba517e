import { CannotRunError } from "../cannot-run-error.ts";
import type { App } from "../workload-contract.ts";

/** An output that the stack has in some configurations only; undefined when it has it not. */
export function outputOf(app: App, name: string): string | undefined {
  try {
    return app.output(name);
  } catch (error) {
    if (error instanceof CannotRunError) return undefined;
    throw error;
  }
}
