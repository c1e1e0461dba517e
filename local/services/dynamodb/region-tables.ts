import type { Log } from "../../log.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { createDynaliteStore, type DynaliteAnswer, type DynaliteStore } from "./dynalite-store.ts";
import { RegionStreams } from "./streams/region-streams.ts";
import { Transactions } from "./transactions/transactions.ts";
import { createTableSettings, type TableSettings } from "./table-settings.ts";

/** The tables of one region: dynalite's items and, beside them, the settings of each table. */
export interface RegionTables {
  readonly store: DynaliteStore;
  /** Settings by table name. */
  readonly settings: Map<string, TableSettings>;
  readonly streams: RegionStreams;
  readonly transactions: Transactions;
  /** Calls dynalite with a JSON input; throws its error as an AwsError. */
  call(operation: string, input: object): Promise<Record<string, unknown>>;
  /** Settings of a table that must exist. */
  settingsOf(tableName: string): Promise<TableSettings>;
}

export function createRegionTables(region: string, log: Log): RegionTables {
  const store = createDynaliteStore(region);
  const streams = new RegionStreams(store.database, log);
  const settings = new Map<string, TableSettings>();
  const call = async (operation: string, input: object) =>
    // A copy, as dynalite changes what it is given.
    readOutput(await store.call(operation, structuredClone(input) as Record<string, unknown>));
  return {
    store,
    settings,
    streams,
    transactions: new Transactions(store.database, streams),
    call,
    async settingsOf(tableName) {
      await call("DescribeTable", { TableName: tableName });
      const found = settings.get(tableName) ?? createTableSettings();
      settings.set(tableName, found);
      return found;
    },
  };
}

function readOutput({ status, output }: DynaliteAnswer): Record<string, unknown> {
  if (status === 200) return { ...output };
  const { __type: type, message, Message, ...fields } = output;
  const code = String(type).split("#").at(-1) ?? "InternalServerError";
  throw new AwsError(code, String(message ?? Message ?? ""), status, fields);
}
