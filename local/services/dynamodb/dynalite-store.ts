import { AwsError } from "../../wire/aws-error.ts";
import {
  type Database,
  databases,
  isDynaliteError,
  runAction,
  validateInput,
} from "./dynalite-parts.ts";
import { useLinearParsers } from "./expressions/linear-parsers.ts";
import { runGuarded } from "./run-guarded.ts";

/** An answer before it is written: an output, or an error with its `__type`. */
export interface DynaliteAnswer {
  readonly status: number;
  readonly output: Readonly<Record<string, unknown>>;
}

/** One region's tables, kept by dynalite, whose parts are called without its HTTP server. */
export interface DynaliteStore {
  readonly database: Database;
  /** Carries out an operation. The input is dynalite's from then on: it changes it. */
  call(operation: string, input: Record<string, unknown>): Promise<DynaliteAnswer>;
}

export function createDynaliteStore(region: string): DynaliteStore {
  useLinearParsers();
  const database = inRegion(region, () =>
    databases.create({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }),
  );
  return {
    database,
    call: (operation, input) =>
      runGuarded((resolve) => {
        try {
          const valid = validateInput(operation, input, database);
          runAction(operation, valid, database, (error, output) => {
            if (error && !isDynaliteError(error)) throw error;
            if (error) resolve({ status: error.statusCode, output: error.body });
            else resolve({ status: 200, output: { ...output } });
          });
        } catch (error) {
          if (!isDynaliteError(error)) throw unreadable(error);
          resolve({ status: error.statusCode, output: error.body });
        }
      }),
  };
}

/** What dynalite throws before it asks its store for anything, it throws at the input. */
export function unreadable(error: unknown): AwsError {
  const reason = error instanceof Error ? error.message : String(error);
  return new AwsError("SerializationException", `The request body cannot be read: ${reason}`);
}

/** dynalite takes the region of its ARNs from the environment, at creation only. */
function inRegion<T>(region: string, create: () => T): T {
  const before = process.env["AWS_REGION"];
  process.env["AWS_REGION"] = region;
  try {
    return create();
  } finally {
    if (before === undefined) delete process.env["AWS_REGION"];
    else process.env["AWS_REGION"] = before;
  }
}
