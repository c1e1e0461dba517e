/**
 * Variables with which a function's configuration could send its calls elsewhere than to this cloud, or
 * have them signed by somebody else. Source: AWS SDKs and Tools Reference Guide, "Environment
 * variables"; Node.js, "Command-line API".
 */
const names = new Set([
  "AWS_PROFILE",
  "AWS_DEFAULT_PROFILE",
  "AWS_CONFIG_FILE",
  "AWS_SHARED_CREDENTIALS_FILE",
  "AWS_CA_BUNDLE",
  "AWS_ROLE_ARN",
  "AWS_ROLE_SESSION_NAME",
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  "AWS_USE_FIPS_ENDPOINT",
  "AWS_USE_DUALSTACK_ENDPOINT",
  "AWS_ENABLE_ENDPOINT_DISCOVERY",
  "AWS_ENDPOINT_DISCOVERY_ENABLED",
  "AWS_CREDENTIAL_EXPIRATION",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "ALL_PROXY",
  "FTP_PROXY",
  "NO_PROXY",
  "NODE_USE_ENV_PROXY",
  "NODE_EXTRA_CA_CERTS",
  "NODE_TLS_REJECT_UNAUTHORIZED",
]);
const families = /^AWS_(ENDPOINT_URL|CONTAINER_|EC2_METADATA_|LOGIN_|SSO_)/;
const proxyOption = /(^|\s)--use-env-proxy(?=\s|$)/g;

/** A function's variables without those that lead out of the cloud, and the names of these. */
export function withoutWaysOut(variables: Readonly<Record<string, string>>): {
  readonly kept: Record<string, string>;
  readonly dropped: readonly string[];
} {
  const kept: Record<string, string> = {};
  const dropped: string[] = [];
  for (const [name, value] of Object.entries(variables)) {
    // Proxies are read in either case of letters.
    const upper = name.toUpperCase();
    if (names.has(upper) || families.test(upper)) dropped.push(name);
    else kept[name] = name === "NODE_OPTIONS" ? value.replaceAll(proxyOption, "") : value;
  }
  return { kept, dropped };
}
