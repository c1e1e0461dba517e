import { isIP } from "node:net";
import { commandOf } from "../command-line/command-of.ts";
import { parseOptions } from "../command-line/parse-options.ts";
import { readSetting } from "../command-line/read-setting.ts";
import { UsageError } from "../command-line/usage-error.ts";
import { readOrigin } from "./access/origin-rule.ts";

export interface CliOptions {
  /** 0 takes a free port. */
  port: number;
  host: string;
  /** Further names that the endpoint goes by. */
  allowedHosts: string[];
  /** Origins whose pages may use the endpoint. */
  allowedOrigins: string[];
  deploy: boolean;
  /** Folder of the Pulumi program to deploy; `undefined` for the one of this folder, if it has one. */
  program: string | undefined;
  /** Name of the stack to deploy; `undefined` for the one that is meant where none is named. */
  deployStack: string | undefined;
  /** Configuration that wins over the stack's file. */
  config: Record<string, string>;
  /** Whether functions of runtimes that are no longer served run on Node.js 24. */
  runOldRuntimes: boolean;
  /** Another AWS endpoint to stand in front of, instead of the embedded services. */
  upstream: URL | undefined;
  /** File for the stack's outputs. */
  outputs: string | undefined;
  /** File for the stack with its resources. */
  export: string | undefined;
  /** Whether FIS knows the `localstack:` actions. */
  localstackActions: boolean;
  /** Where the dice of faults begin. */
  seed: string | undefined;
  verbose: boolean;
  help: boolean;
}

export const HELP = `${commandOf("cloud", "[options]")}

Starts the embedded cloud, an AWS endpoint on this machine, with a Pulumi program deployed on it, and
stops it on Ctrl-C. It keeps everything in memory.

  --port N          listen on this port (default: 4566; 0 takes a free one)
  --host ADDRESS    listen on this address (default: 127.0.0.1)
  --allow-remote    take a --host that other machines can reach: whoever reaches it can run code here
  --allow-host NAME
                    go by this name as well, such as host.docker.internal or '*.test'; may be repeated.
                    By default: IP addresses, localhost, *.localhost, *.localhost.localstack.cloud,
                    the domains of AWS
  --allow-origin ORIGIN
                    let web pages of this origin use every service, such as http://localhost:3000;
                    may be repeated; '*' for all pages. By default: none. Deployed APIs are open to
                    every page, as on AWS
  --program DIR     deploy the Pulumi program in this folder (default: this folder's, if it has one)
  --deploy-stack NAME
                    deploy this stack of it (default: local, or the only one that has a file)
  --config KEY=VALUE
                    set a key of its configuration, such as aws:region=eu-west-1; may be repeated
  --run-old-runtimes
                    run functions for Node.js 10 to 18, which AWS has ended, on Node.js 24
  --no-deploy       start empty
  --upstream URL    have no services but FIS and the Chaos API, and hand every other call on to this
                    AWS endpoint (MiniStack, moto, LocalStack, …); nothing is deployed
  --outputs FILE    write the stack's outputs as "pulumi stack output --json" does
  --export FILE     write the stack with its resources in the form of "pulumi stack export"
  --no-localstack-actions
                    let FIS refuse the tutorial's actions, as LocalStack's does since 4.0, and the
                    outage-drill: ones, which only this cloud has; the Chaos API is there all the same
  --seed TEXT       let the dice of faults fall the same each time (default: another way each time)
  --verbose         log each created resource as well
  --help            print this

Prints the stack's outputs, and last a line that starts with "Ready"; the log goes to stderr.
Exit code: 0 stopped, 3 could not start.
`;

/** @throws UsageError */
export function parseCliOptions(args: string[]): CliOptions {
  const values = parseOptions(args, OPTIONS, commandOf("cloud", "--help"));
  const host = values.host ?? "127.0.0.1";
  if (!isLoopback(host) && values["allow-remote"] !== true) {
    throw new UsageError(
      `--host ${host} can be reached from other machines, which could run code here: ` +
        "use 127.0.0.1, or add --allow-remote if that is what you want.",
    );
  }
  const upstream = readUpstream(values.upstream);
  const deploy = values["no-deploy"] !== true && upstream === undefined;
  const written = (["outputs", "export"] as const).find((each) => values[each] !== undefined);
  if (!deploy && written !== undefined) {
    throw new UsageError(`--${written} needs the stack: take out --no-deploy or --upstream.`);
  }
  const ofDeployment = ["program", "deploy-stack", "config"] as const;
  const pointless = ofDeployment.find((option) => !deploy && values[option] !== undefined);
  if (pointless !== undefined) {
    throw new UsageError(`--${pointless} is for a deployment: take out --no-deploy or --upstream.`);
  }
  if (values.seed === "") throw new UsageError("--seed is empty: give any text, or leave it out.");
  return {
    port: readPort(values.port ?? "4566"),
    host,
    allowedHosts: (values["allow-host"] ?? []).map(readHostName),
    allowedOrigins: (values["allow-origin"] ?? []).map(readAllowedOrigin),
    deploy,
    program: values.program,
    deployStack: values["deploy-stack"],
    config: Object.fromEntries((values.config ?? []).map(readSetting)),
    runOldRuntimes: values["run-old-runtimes"] === true,
    upstream,
    outputs: values.outputs,
    export: values.export,
    localstackActions: values["no-localstack-actions"] !== true,
    seed: values.seed,
    verbose: values.verbose === true,
    help: values.help === true,
  };
}

const OPTIONS = {
  port: { type: "string" },
  host: { type: "string" },
  "allow-remote": { type: "boolean" },
  "allow-host": { type: "string", multiple: true },
  "allow-origin": { type: "string", multiple: true },
  program: { type: "string" },
  "deploy-stack": { type: "string" },
  config: { type: "string", multiple: true },
  "run-old-runtimes": { type: "boolean" },
  "no-deploy": { type: "boolean" },
  upstream: { type: "string" },
  outputs: { type: "string" },
  export: { type: "string" },
  "no-localstack-actions": { type: "boolean" },
  seed: { type: "string" },
  verbose: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

function readUpstream(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== "http:" && url?.protocol !== "https:")
    throw new UsageError(
      `--upstream ${text} is no address: give one such as http://127.0.0.1:4567.`,
    );
  return url;
}

function readHostName(text: string): string {
  if (!/^(\*\.)?([a-z0-9_-]+\.)*[a-z0-9_-]+\.?$/i.test(text))
    throw new UsageError(
      `--allow-host ${text} is not a host name: give one without a port, such as ` +
        "host.docker.internal or '*.test'.",
    );
  return text;
}

function readAllowedOrigin(text: string): string {
  const origin = readOrigin(text);
  if (origin === undefined)
    throw new UsageError(
      `--allow-origin ${text} is not an origin: give a scheme, a name and a port, such as ` +
        "http://localhost:3000, or '*' for every page.",
    );
  return origin;
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UsageError(`--port ${text} is not a port: give a number from 0 to 65535.`);
  }
  return port;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
