import { AwsError } from "../../wire/aws-error.ts";
import type { TableOperation } from "./table-operations.ts";
import type { TableSettings } from "./table-settings.ts";

/** How far back point-in-time recovery goes unless it is set. Source: DynamoDB API. */
const defaultRecoveryPeriodDays = 35;

/** Whether a table has point-in-time recovery. The setting is kept; nothing can be restored. */
export const continuousBackupOperations: Readonly<Record<string, TableOperation>> = {
  async DescribeContinuousBackups(input, tables) {
    const settings = await tables.settingsOf(String(input["TableName"]));
    return { ContinuousBackupsDescription: describe(settings) };
  },

  async UpdateContinuousBackups(input, tables) {
    const settings = await tables.settingsOf(String(input["TableName"]));
    const specification = input["PointInTimeRecoverySpecification"] as
      { PointInTimeRecoveryEnabled?: unknown; RecoveryPeriodInDays?: unknown } | undefined;
    if (typeof specification?.PointInTimeRecoveryEnabled !== "boolean")
      throw new AwsError(
        "ValidationException",
        "PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled must be true or false.",
      );
    const period = specification.RecoveryPeriodInDays;
    settings.pointInTimeRecovery = specification.PointInTimeRecoveryEnabled
      ? {
          enabledAtMs: settings.pointInTimeRecovery?.enabledAtMs ?? Date.now(),
          periodDays: typeof period === "number" ? period : defaultRecoveryPeriodDays,
        }
      : undefined;
    return { ContinuousBackupsDescription: describe(settings) };
  },
};

function describe({ pointInTimeRecovery }: TableSettings): object {
  return {
    ContinuousBackupsStatus: "ENABLED",
    PointInTimeRecoveryDescription: pointInTimeRecovery
      ? {
          PointInTimeRecoveryStatus: "ENABLED",
          RecoveryPeriodInDays: pointInTimeRecovery.periodDays,
          EarliestRestorableDateTime: pointInTimeRecovery.enabledAtMs / 1000,
          LatestRestorableDateTime: Date.now() / 1000,
        }
      : { PointInTimeRecoveryStatus: "DISABLED" },
  };
}
