import http from "node:http";
import https from "node:https";

/** A path under a file, which no file system can have. */
const NO_SUCH_FILE = "/dev/null/none";

const PROXY_VARIABLES = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "FTP_PROXY", "NO_PROXY"];

const NODE_VARIABLES = [
  "NODE_USE_ENV_PROXY",
  "NODE_EXTRA_CA_CERTS",
  "NODE_TLS_REJECT_UNAUTHORIZED",
];

/**
 * Takes out of `env` whatever can send a call elsewhere or sign it with a real key, so that a drill
 * on the embedded cloud cannot touch a real account: `AWS_*` (keys, profile, region, endpoints, CA
 * bundle), proxies, and the files where AWS clients look for the same.
 *
 * Given `process.env`, it also puts back Node's own connections, which may have been set up with a
 * proxy when the process started (`NODE_USE_ENV_PROXY=1` or `--use-env-proxy`; a proxy set that way
 * takes loopback calls as well).
 */
export function isolateFromShell(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(env)) {
    if (isShellSetting(name.toUpperCase())) {
      Reflect.deleteProperty(env, name);
    }
  }
  if (env.NODE_OPTIONS?.includes("--use-env-proxy")) {
    env.NODE_OPTIONS = env.NODE_OPTIONS.replaceAll(/\s*--use-env-proxy\b/g, "").trim();
  }
  env.AWS_CONFIG_FILE = NO_SUCH_FILE;
  env.AWS_SHARED_CREDENTIALS_FILE = NO_SUCH_FILE;
  env.AWS_EC2_METADATA_DISABLED = "true";
  if (env === process.env) {
    connectDirectly();
  }
}

function isShellSetting(name: string): boolean {
  return name.startsWith("AWS_") || PROXY_VARIABLES.includes(name) || NODE_VARIABLES.includes(name);
}

function connectDirectly(): void {
  // Before 24.14 there is no such function, and the agents are replaced as a whole.
  if ((http.setGlobalProxyFromEnv as unknown) === undefined) {
    http.globalAgent = new http.Agent({ keepAlive: true });
    https.globalAgent = new https.Agent({ keepAlive: true });
    return;
  }
  // Without any proxy in its argument, the call leaves the agents as they are.
  const unusedProxy = "http://127.0.0.1:9";
  http.setGlobalProxyFromEnv({ http_proxy: unusedProxy, https_proxy: unusedProxy, no_proxy: "*" });
}
