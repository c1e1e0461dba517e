import { accountIdOfKey } from "../../iam/access-key.ts";
import type { IamStore } from "../iam/iam-store.ts";
import type { AwsService } from "../aws-service.ts";
import { queryService, required } from "../query-service.ts";
import { assumeRole } from "./assume-role.ts";
import { callerOf } from "./caller-of.ts";

/** STS: who a caller is, and sessions of roles. Source: STS API 2011-06-15. */
export function createStsService(store: IamStore): AwsService {
  return queryService(
    "sts",
    {
      GetCallerIdentity(_input, call) {
        const { arn, userId } = callerOf(call, store);
        return { Arn: arn, UserId: userId, Account: store.accountId };
      },
      AssumeRole: (input, call) => assumeRole(input, store, call),
      GetAccessKeyInfo(input) {
        const accessKeyId = required(input, "AccessKeyId");
        return { Account: accountIdOfKey(accessKeyId) ?? store.accountId };
      },
    },
    { xmlNamespace: "https://sts.amazonaws.com/doc/2011-06-15/", version: "2011-06-15" },
  );
}
