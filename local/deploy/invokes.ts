import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { AwsProvider } from "./aws-provider.ts";
import { policyDocument } from "./policy-document.ts";

type Invoke = (
  inputs: Readonly<Record<string, unknown>>,
  provider: AwsProvider,
) => Promise<Record<string, unknown>>;

/** Function token → its answer. */
export const invokes: ReadonlyMap<string, Invoke> = new Map<string, Invoke>([
  [
    "aws:iam/getPolicyDocument:getPolicyDocument",
    (inputs) => Promise.resolve(policyDocument(inputs)),
  ],
  [
    "aws:index/getCallerIdentity:getCallerIdentity",
    async (_inputs, provider) => {
      const { Account, Arn, UserId } = await provider
        .client(STSClient)
        .send(new GetCallerIdentityCommand({}));
      return { id: Account, accountId: Account, arn: Arn, userId: UserId };
    },
  ],
  [
    "aws:index/getRegion:getRegion",
    (_inputs, { region }) =>
      Promise.resolve({
        id: region,
        name: region,
        region,
        endpoint: `ec2.${region}.amazonaws.com`,
      }),
  ],
  [
    "aws:index/getPartition:getPartition",
    () =>
      Promise.resolve({
        id: "aws",
        partition: "aws",
        dnsSuffix: "amazonaws.com",
        reverseDnsPrefix: "com.amazonaws",
      }),
  ],
]);
