/** What DynamoDB keeps for a table and dynalite does not. */
export interface TableSettings {
  deletionProtection: boolean;
  tableClass: string | undefined;
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
    sseDescription: undefined,
    pointInTimeRecovery: undefined,
    timeToLiveAttribute: undefined,
    resourcePolicy: undefined,
  };
}
