import type { WarmThroughput } from "./warm-throughput.ts";

/** What DynamoDB keeps for a table and dynalite does not. */
export interface TableSettings {
  deletionProtection: boolean;
  tableClass: string | undefined;
  /** What was asked for; absent while the table has the usual one. */
  warmThroughput: WarmThroughput | undefined;
  /** As DescribeTable answers it; absent while the AWS-owned key is in use. */
  sseDescription: Readonly<Record<string, unknown>> | undefined;
  pointInTimeRecovery: { readonly enabledAtMs: number; readonly periodDays: number } | undefined;
  /** The attribute whose time, in epoch seconds, is the end of an item; absent while none is. */
  timeToLiveAttribute: string | undefined;
  /** Resource-based policy, with the revision that PutResourcePolicy gave it. */
  resourcePolicy: { readonly policy: string; readonly revisionId: string } | undefined;
}

export function createTableSettings(): TableSettings {
  return {
    deletionProtection: false,
    tableClass: undefined,
    warmThroughput: undefined,
    sseDescription: undefined,
    pointInTimeRecovery: undefined,
    timeToLiveAttribute: undefined,
    resourcePolicy: undefined,
  };
}
