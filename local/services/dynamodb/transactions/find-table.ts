import { type Database, isDynaliteError, type TableDescription } from "../dynalite-parts.ts";
import { promised } from "./promised.ts";
import { toAwsError } from "./to-aws-error.ts";

/** An existing table. Rejects with a ResourceNotFoundException for any other. */
export async function findTable(name: string, database: Database): Promise<TableDescription> {
  try {
    return await promised<TableDescription>((done) => {
      database.getTable(name, true, done);
    });
  } catch (error) {
    throw isDynaliteError(error) ? toAwsError(error) : error;
  }
}
