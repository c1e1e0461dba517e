import { AwsError } from "../../wire/aws-error.ts";
import type { RegionTables } from "./region-tables.ts";
import type { TableOperation } from "./table-operations.ts";
import type { TableSettings } from "./table-settings.ts";

/**
 * Whether, and by which attribute, items of a table expire. Expired items are deleted by
 * `expired-items.ts`. Source: DynamoDB API, UpdateTimeToLive, DescribeTimeToLive.
 */
export const timeToLiveOperations: Readonly<Record<string, TableOperation>> = {
  async DescribeTimeToLive(input, tables) {
    const settings = await settingsOf(input, tables);
    return { TimeToLiveDescription: describe(settings) };
  },

  async UpdateTimeToLive(input, tables) {
    const settings = await settingsOf(input, tables);
    const { AttributeName, Enabled } = readSpecification(input["TimeToLiveSpecification"]);
    const current = settings.timeToLiveAttribute;
    if (Enabled && current !== undefined)
      throw new AwsError("ValidationException", "TimeToLive is already enabled");
    if (!Enabled && current === undefined)
      throw new AwsError("ValidationException", "TimeToLive is already disabled");
    if (!Enabled && current !== AttributeName)
      throw new AwsError(
        "ValidationException",
        `TimeToLive is active on a different AttributeName: current AttributeName is ${current ?? ""}`,
      );
    settings.timeToLiveAttribute = Enabled ? AttributeName : undefined;
    return { TimeToLiveSpecification: { AttributeName, Enabled } };
  },
};

function describe({ timeToLiveAttribute }: TableSettings): object {
  return timeToLiveAttribute === undefined
    ? { TimeToLiveStatus: "DISABLED" }
    : { TimeToLiveStatus: "ENABLED", AttributeName: timeToLiveAttribute };
}

function readSpecification(value: unknown): { AttributeName: string; Enabled: boolean } {
  const { AttributeName, Enabled } = (value ?? {}) as Record<string, unknown>;
  if (typeof Enabled !== "boolean")
    throw new AwsError("ValidationException", "TimeToLiveSpecification.Enabled must be a boolean.");
  if (typeof AttributeName !== "string" || !/^.{1,255}$/s.test(AttributeName))
    throw new AwsError(
      "ValidationException",
      "TimeToLiveSpecification.AttributeName must have 1 to 255 characters.",
    );
  return { AttributeName, Enabled };
}

/** Callers may name a table by its ARN. */
async function settingsOf(
  input: Readonly<Record<string, unknown>>,
  tables: RegionTables,
): Promise<TableSettings> {
  const name = typeof input["TableName"] === "string" ? input["TableName"] : "";
  return tables.settingsOf(name.startsWith("arn:") ? (name.split("/")[1] ?? "") : name);
}
