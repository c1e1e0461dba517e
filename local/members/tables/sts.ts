import type { ServiceMembers } from "../member-table.ts";

/** Source: STS API 2011-06-15. */
export const stsMembers: ServiceMembers = {
  AssumeRole: {
    honours: "RoleArn RoleSessionName DurationSeconds ExternalId",
    refuses: `PolicyArns Policy Tags TransitiveTagKeys SerialNumber TokenCode SourceIdentity
      ProvidedContexts MinimumSessionTokenSize`,
  },
  GetAccessKeyInfo: { honours: "AccessKeyId" },
  GetCallerIdentity: {},
};
