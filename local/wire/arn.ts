/** The parts of `arn:aws:service:region:account:resource`; parts that are not there are empty. */
export function readArn(arn: string): {
  service: string;
  region: string;
  accountId: string;
  resource: string;
} {
  const [, , service = "", region = "", accountId = "", ...resource] = arn.split(":");
  return { service, region, accountId, resource: resource.join(":") };
}
