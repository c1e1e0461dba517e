import { AwsError } from "../../wire/aws-error.ts";
import type { HttpAnswer } from "../../wire/http.ts";
import { createDynaliteStore, type DynaliteStore } from "./dynalite-store.ts";
import { createTableSettings, type TableSettings } from "./table-settings.ts";

/** The tables of one region: dynalite's items and, beside them, the settings of each table. */
export interface RegionTables {
  readonly store: DynaliteStore;
  /** Settings by table name. */
  readonly settings: Map<string, TableSettings>;
  /** Calls dynalite with a JSON input; throws its error as an AwsError. */
  call(operation: string, input: object): Promise<Record<string, unknown>>;
  /** Settings of a table that must exist. */
  settingsOf(tableName: string): Promise<TableSettings>;
}

export function createRegionTables(region: string): RegionTables {
  const store = createDynaliteStore(region);
  const settings = new Map<string, TableSettings>();
  const call = async (operation: string, input: object) =>
    readOutput(await store.call(operation, Buffer.from(JSON.stringify(input))));
  return {
    store,
    settings,
    call,
    async settingsOf(tableName) {
      await call("DescribeTable", { TableName: tableName });
      const found = settings.get(tableName) ?? createTableSettings();
      settings.set(tableName, found);
      return found;
    },
  };
}

function readOutput(answer: HttpAnswer): Record<string, unknown> {
  const output = JSON.parse(answer.body.toString()) as Record<string, unknown>;
  if (answer.status === 200) return output;
  const { __type: type, message, Message, ...fields } = output;
  const code = String(type).split("#").at(-1) ?? "InternalServerError";
  throw new AwsError(code, String(message ?? Message ?? ""), answer.status, fields);
}
