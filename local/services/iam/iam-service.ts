import type { AwsService } from "../aws-service.ts";
import { queryService } from "../query-service.ts";
import { attachmentOperations } from "./attachment-operations.ts";
import { getUser } from "./get-user.ts";
import type { IamStore } from "./iam-store.ts";
import type { IamOperation } from "./iam-operation.ts";
import { inlinePolicyOperations } from "./inline-policy-operations.ts";
import { managedPolicyOperations } from "./managed-policy-operations.ts";
import { policyVersionOperations } from "./policy-version-operations.ts";
import { roleOperations } from "./role-operations.ts";
import { tagOperations } from "./tag-operations.ts";

const operations: Readonly<Record<string, IamOperation>> = {
  ...roleOperations,
  ...inlinePolicyOperations,
  ...managedPolicyOperations,
  ...policyVersionOperations,
  ...attachmentOperations,
  ...tagOperations,
  GetUser: getUser,
};

/** IAM: roles and their policies. Users, groups and permissions boundaries are not here. */
export function createIamService(store: IamStore): AwsService {
  return queryService(
    "iam",
    Object.fromEntries(
      Object.entries(operations).map(([name, run]) => [
        name,
        (input, call) => run(input, store, call),
      ]),
    ),
    { xmlNamespace: "https://iam.amazonaws.com/doc/2010-05-08/", version: "2010-05-08" },
  );
}
