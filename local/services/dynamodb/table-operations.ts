import { readArn } from "../../wire/arn.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { awsManagedKeyArn } from "../kms/aws-managed-key.ts";
import { checkTags } from "./check-tags.ts";
import { continuousBackupOperations } from "./continuous-backups.ts";
import type { RegionTables } from "./region-tables.ts";
import { keepResourcePolicy, resourcePolicyOperations } from "./resource-policy.ts";
import { createTableSettings, type TableSettings } from "./table-settings.ts";
import { describeThroughput, keepThroughput } from "./warm-throughput.ts";
import { timeToLiveOperations } from "./time-to-live.ts";

export type TableOperation = (
  input: Readonly<Record<string, unknown>>,
  tables: RegionTables,
) => object | Promise<object>;

export const tableOperations: Readonly<Record<string, TableOperation>> = {
  async CreateTable(input, tables) {
    checkTags(input["Tags"]);
    const wantsStream = asksForStream(input["StreamSpecification"]);
    if (wantsStream) tables.streams.check(input["StreamSpecification"], "");
    const output = await tables.call("CreateTable", input);
    const name = String(input["TableName"]);
    await tableIsActive(tables, name);
    const settings = createTableSettings();
    tables.settings.set(name, settings);
    applySettings(settings, input, output["TableDescription"]);
    if (wantsStream)
      tables.streams.apply(input["StreamSpecification"], output["TableDescription"] as never);
    if (input["ResourcePolicy"] !== undefined)
      keepResourcePolicy(settings, input["ResourcePolicy"]);
    if (Array.isArray(input["Tags"]) && input["Tags"].length > 0) {
      await tables.call("TagResource", {
        ResourceArn: arnOf(output["TableDescription"]),
        Tags: input["Tags"],
      });
    }
    return { TableDescription: describe(output["TableDescription"], settings, tables) };
  },

  async DescribeTable(input, tables) {
    const output = await tables.call("DescribeTable", input);
    const settings = tables.settings.get(nameOf(output["Table"]));
    return { Table: describe(output["Table"], settings, tables) };
  },

  async UpdateTable(input, tables) {
    const settings = await tables.settingsOf(tableNameOf(input["TableName"]));
    const { StreamSpecification, ...others } = input;
    const { DeletionProtectionEnabled, SSESpecification, TableClass, WarmThroughput, ...rest } =
      others;
    const known = { DeletionProtectionEnabled, SSESpecification, TableClass, WarmThroughput };
    const onlySettings = Object.keys(rest).every((key) =>
      ["TableName", "AttributeDefinitions"].includes(key),
    );
    const hasSettings = [StreamSpecification, ...Object.values(known)].some(
      (value) => value !== undefined,
    );
    const name = tableNameOf(input["TableName"]);
    if (StreamSpecification !== undefined) tables.streams.check(StreamSpecification, name);
    const table =
      onlySettings && hasSettings
        ? (await tables.call("DescribeTable", { TableName: name }))["Table"]
        : (await tables.call("UpdateTable", rest))["TableDescription"];
    applySettings(settings, known, table);
    if (StreamSpecification !== undefined)
      tables.streams.apply(StreamSpecification, table as never);
    return { TableDescription: describe(table, settings, tables) };
  },

  async DeleteTable(input, tables) {
    const name = tableNameOf(input["TableName"]);
    const settings = tables.settings.get(name);
    if (settings?.deletionProtection)
      throw new AwsError(
        "ValidationException",
        `Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first. Table: ${name}`,
      );
    const output = await tables.call("DeleteTable", input);
    await tableIsGone(tables, name);
    tables.settings.delete(name);
    const deleted = describe(output["TableDescription"], settings, tables);
    tables.streams.tableDeleted(name);
    return { TableDescription: deleted };
  },

  async TagResource(input, tables) {
    checkTags(input["Tags"]);
    await tables.call("TagResource", input);
    return {};
  },

  ...continuousBackupOperations,
  ...resourcePolicyOperations,
  ...timeToLiveOperations,
};

function applySettings(
  settings: TableSettings,
  input: Readonly<Record<string, unknown>>,
  table: unknown,
): void {
  if (typeof input["DeletionProtectionEnabled"] === "boolean")
    settings.deletionProtection = input["DeletionProtectionEnabled"];
  if (typeof input["TableClass"] === "string") settings.tableClass = input["TableClass"];
  keepThroughput(settings, input["WarmThroughput"], table);
  const sse = input["SSESpecification"];
  if (typeof sse === "object" && sse !== null)
    settings.sseDescription =
      "Enabled" in sse && sse.Enabled === true ? describeSse(sse, arnOf(table)) : undefined;
}

function describeSse(sse: object, tableArn: string): Record<string, unknown> {
  const { region, accountId } = readArn(tableArn);
  return {
    Status: "ENABLED",
    SSEType: "KMS",
    KMSMasterKeyArn:
      "KMSMasterKeyId" in sse && typeof sse.KMSMasterKeyId === "string"
        ? sse.KMSMasterKeyId
        : awsManagedKeyArn("dynamodb", region, accountId),
  };
}

/** Whether a new table is to have a stream; a table without one may be told that it has none. */
function asksForStream(specification: unknown): boolean {
  if (specification === undefined || specification === null) return false;
  return (specification as Record<string, unknown>)["StreamEnabled"] !== false;
}

function describe(
  table: unknown,
  settings: TableSettings | undefined,
  { streams }: RegionTables,
): object {
  return {
    ...(table as object),
    ...streams.describe(nameOf(table)),
    ...describeThroughput(table, settings?.warmThroughput),
    DeletionProtectionEnabled: settings?.deletionProtection ?? false,
    ...(settings?.sseDescription && { SSEDescription: settings.sseDescription }),
    ...(settings?.tableClass && { TableClassSummary: { TableClass: settings.tableClass } }),
  };
}

/** dynalite creates and deletes on a later timer tick; the caller's next call may come before that. */
async function tableIs(what: string, name: string, ask: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!(await ask())) {
    if (performance.now() > deadline) throw new Error(`Table ${name} was not ${what} within 5 s.`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function tableIsActive(tables: RegionTables, name: string): Promise<void> {
  return tableIs("ACTIVE", name, async () => {
    const { Table } = await tables.call("DescribeTable", { TableName: name });
    return (Table as { TableStatus: string }).TableStatus === "ACTIVE";
  });
}

function tableIsGone(tables: RegionTables, name: string): Promise<void> {
  return tableIs("gone", name, () =>
    tables.call("DescribeTable", { TableName: name }).then(
      () => false,
      () => true,
    ),
  );
}

function nameOf(table: unknown): string {
  return (table as { TableName: string }).TableName;
}

function arnOf(table: unknown): string {
  return (table as { TableArn: string }).TableArn;
}

/** Callers may name a table by its ARN. */
function tableNameOf(value: unknown): string {
  const text = typeof value === "string" ? value : "";
  return text.startsWith("arn:") ? (text.split("/")[1] ?? "") : text;
}
