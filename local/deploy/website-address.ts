/**
 * Regions whose websites have a hyphen before them, as in `s3-website-us-east-1`.
 * Source: AWS General Reference, "Amazon S3 website endpoints".
 */
const hyphenated = new Set([
  "us-east-1",
  "us-west-1",
  "us-west-2",
  "ap-southeast-1",
  "ap-southeast-2",
  "ap-northeast-1",
  "eu-west-1",
  "sa-east-1",
  "us-gov-west-1",
]);

/** The outputs of a bucket's website: its name, and the domain that all of its region have. */
export function websiteAddress(bucket: string, region: string) {
  const websiteDomain = `s3-website${hyphenated.has(region) ? "-" : "."}${region}.amazonaws.com`;
  return { websiteDomain, websiteEndpoint: `${bucket}.${websiteDomain}` };
}
