/**
 * Under which AWS itself listens, with both versions of IP or with IPv4 alone, in every partition.
 * Source: AWS SDKs, partitions.json, `dnsSuffix` and `dualStackDnsSuffix`.
 */
const suffixes = [
  "amazonaws.com",
  "api.aws",
  "amazonaws.com.cn",
  "api.amazonwebservices.com.cn",
  "amazonaws.eu",
  "api.amazonwebservices.eu",
  "c2s.ic.gov",
  "api.aws.ic.gov",
  "sc2s.sgov.gov",
  "api.aws.scloud",
  "cloud.adc-e.uk",
  "api.cloud-aws.adc-e.uk",
  "csp.hci.ic.gov",
  "api.aws.hci.ic.gov",
];

/** Whether a URL's host is AWS itself, and no emulator of it. */
export function isAwsHost(hostname: string): boolean {
  // A name with a dot at its end, as DNS writes it in full, is the same host.
  const name = hostname.toLowerCase().replace(/\.$/, "");
  return suffixes.some((suffix) => name === suffix || name.endsWith(`.${suffix}`));
}
