import * as pulumi from "@pulumi/pulumi";

/**
 * ARN of a resource in the partition, region and account of another one. The provider makes some
 * ARNs by itself, of REST APIs and of Systems Manager documents; they lack the account where the
 * provider has been told not to ask for it, as on an emulator.
 */
export function siblingArn(
  arn: pulumi.Input<string>,
  service: string,
  resource: pulumi.Input<string>,
): pulumi.Output<string> {
  return pulumi.all([arn, resource]).apply(([sibling, name]) => {
    const [, partition = "", , region = "", account = ""] = sibling.split(":");
    return ["arn", partition, service, region, account, name].join(":");
  });
}
