import type { StreamRecord } from "./stream-client.ts";

/** A record in the form of Lambda's event. Source: Lambda Developer Guide, DynamoDB event. */
export function toEventRecord(record: StreamRecord, streamArn: string): object {
  const { userIdentity: identity, ...rest } = record;
  return {
    ...rest,
    ...(identity && {
      userIdentity: { principalId: identity.PrincipalId, type: identity.Type },
    }),
    eventSourceARN: streamArn,
  };
}
