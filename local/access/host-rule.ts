import { isIP } from "node:net";

/**
 * Names that cannot be pointed at this machine by whoever owns a web page: `localhost`, the name that
 * LocalStack's clients use, and AWS's own, which a resolver or a proxy on this machine may send here.
 * Source: RFC 6761, section 6.3; DNS suffixes of every partition in the endpoint rules of AWS's SDKs.
 */
const KNOWN_NAMES = [
  "localhost",
  "*.localhost",
  "localhost.localstack.cloud",
  "*.localhost.localstack.cloud",
  ...[
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
  ].map((suffix) => `*.${suffix}`),
];

const AUTHORITY = /^(?:\[([0-9a-f:.]+)\]|((?:[a-z0-9_-]+\.)*[a-z0-9_-]+)\.?)(?::\d{1,5})?$/;

/** AWS's names of function URLs. Source: Lambda developer guide, "Lambda function URLs". */
const FUNCTION_URL = /^[a-z0-9-]+\.lambda-url\.[a-z0-9-]+\.on\.aws$/;

/** Whether a Host header (`name`, `name:port`, `[address]:port`) is one that the endpoint goes by. */
export type HostRule = (authority: string) => boolean;

/**
 * The names that an endpoint goes by. Any IP address is one: a page that rebinds its own name to this
 * machine still sends that name.
 *
 * @param named further names, such as `host.docker.internal` or `*.test`
 */
export function createHostRule(named: readonly string[]): HostRule {
  const names = [...KNOWN_NAMES, ...named.map((name) => name.toLowerCase().replace(/\.$/, ""))];
  const exact = new Set(names.filter((name) => !name.startsWith("*.")));
  const suffixes = names.filter((name) => name.startsWith("*.")).map((name) => name.slice(1));
  return (authority) => {
    const [matched, address, name = ""] = AUTHORITY.exec(authority.toLowerCase()) ?? [];
    if (matched === undefined) return false;
    if (address !== undefined) return isIP(address) === 6;
    if (isIP(name) === 4 || exact.has(name) || FUNCTION_URL.test(name)) return true;
    return suffixes.some((suffix) => name.endsWith(suffix));
  };
}
