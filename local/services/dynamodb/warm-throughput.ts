import { AwsError } from "../../wire/aws-error.ts";
import type { TableSettings } from "./table-settings.ts";

/** Units per second. */
export interface WarmThroughput {
  readonly ReadUnitsPerSecond: number;
  readonly WriteUnitsPerSecond: number;
}

/**
 * What a table on demand can serve from the start. Source: DynamoDB Developer Guide, "Understanding
 * DynamoDB warm throughput".
 */
const ON_DEMAND: WarmThroughput = { ReadUnitsPerSecond: 12_000, WriteUnitsPerSecond: 4_000 };

/** A table or an index, as dynalite describes it. */
interface Described {
  readonly ProvisionedThroughput?: {
    readonly ReadCapacityUnits?: number;
    readonly WriteCapacityUnits?: number;
  };
  readonly GlobalSecondaryIndexes?: readonly Described[];
}

/**
 * The warm throughput of a table and of its indexes, for DescribeTable. Tools wait until it is
 * ACTIVE, which here it always is: nothing is throttled for load.
 *
 * @param asked what CreateTable or UpdateTable asked for
 */
export function describeThroughput(table: unknown, asked: WarmThroughput | undefined): object {
  const described = table as Described;
  return {
    WarmThroughput: { ...(asked ?? usualThroughput(described)), Status: "ACTIVE" },
    ...(described.GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: described.GlobalSecondaryIndexes.map((index) => ({
        ...index,
        WarmThroughput: { ...usualThroughput(index), Status: "ACTIVE" },
      })),
    }),
  };
}

/** Keeps what CreateTable or UpdateTable asks for; refuses one that would lower it. */
export function keepThroughput(settings: TableSettings, asked: unknown, table: unknown): void {
  if (typeof asked !== "object" || asked === null) return;
  const current = settings.warmThroughput ?? usualThroughput(table as Described);
  const units = (name: keyof WarmThroughput): number => {
    const value: unknown = name in asked ? asked[name as never] : current[name];
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < current[name])
      throw new AwsError(
        "ValidationException",
        `One or more parameter values were invalid: Requested ${name} for WarmThroughput for table is lower than current WarmThroughput, decreasing WarmThroughput is not supported`,
      );
    return value;
  };
  settings.warmThroughput = {
    ReadUnitsPerSecond: units("ReadUnitsPerSecond"),
    WriteUnitsPerSecond: units("WriteUnitsPerSecond"),
  };
}

function usualThroughput({ ProvisionedThroughput: provisioned }: Described): WarmThroughput {
  const reads = provisioned?.ReadCapacityUnits ?? 0;
  const writes = provisioned?.WriteCapacityUnits ?? 0;
  return reads > 0 && writes > 0
    ? { ReadUnitsPerSecond: reads, WriteUnitsPerSecond: writes }
    : ON_DEMAND;
}
