import { ACCOUNT, REGION } from "./provider-state.ts";

/**
 * Function token → its answer where there is no cloud: who and where the recorded resources are, in the
 * forms of the AWS provider. Whatever else a program asks depends on a real account.
 */
export const recordedInvokes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": {
    id: ACCOUNT,
    accountId: ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:user/recorded`,
    userId: "AIDARECORDED",
  },
  "aws:index/getRegion:getRegion": {
    id: REGION,
    name: REGION,
    region: REGION,
    endpoint: `ec2.${REGION}.amazonaws.com`,
    description: "US East (N. Virginia)",
  },
  "aws:index/getPartition:getPartition": {
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  },
  "aws:index/getAvailabilityZones:getAvailabilityZones": {
    id: REGION,
    names: ["a", "b", "c"].map((zone) => REGION + zone),
    zoneIds: ["use1-az1", "use1-az2", "use1-az3"],
  },
};
