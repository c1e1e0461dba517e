import { createRequire } from "node:module";
import type { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import type { S3Client } from "@aws-sdk/client-s3";
import type { SNSClient } from "@aws-sdk/client-sns";
import { Pool } from "undici";
import type { Answer, App, AwsClients, HttpEndpoint } from "../workload-contract.ts";
import { isAwsHost } from "../../infra/is-aws-host.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import { isThisMachine } from "../stack/is-this-machine.ts";
import { clientConfig } from "./aws-clients.ts";
import type { DrillClients } from "./aws-clients.ts";
import type { Target } from "./target.ts";

const require = createRequire(import.meta.url);

/** The deployed application, over connections that the drill closes in the end. */
export class DeployedApp {
  readonly #target: Target;
  readonly #aws: AwsClients;
  readonly #pools = new Map<string, Pool>();

  constructor(target: Target, clients: DrillClients) {
    this.#target = target;
    this.#aws = withLazyClients(target, clients);
  }

  /** The application as one request, or one look, reaches it. */
  during(signal: AbortSignal): App {
    return {
      output: (name) => this.output(name),
      resource: (type, name) => this.resource(type, name),
      http: (url) => this.http(url, signal),
      aws: this.#aws,
      signal,
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pools.values()].map((pool) => pool.destroy()));
  }

  private output(name: string): string {
    const { outputs: known, ownOutputs } = this.#target;
    const outputs = ownOutputs ?? (known as unknown as Readonly<Record<string, unknown>>);
    const value = outputs[name];
    if (value === undefined || value === null)
      throw new CannotRunError(
        `The stack has no output "${name}"; it has ${listOf(Object.keys(outputs))}.`,
      );
    return typeof value === "string" ? value : JSON.stringify(value);
  }

  private resource(type: string, name: string): Readonly<Record<string, unknown>> {
    const { resources } = this.#target;
    if (!resources)
      throw new CannotRunError(
        `Nothing is known of the resource ${name} (${type}): give the stack with --stack, or what pulumi stack export prints with --outputs.`,
      );
    const found = resources.find((each) => each.type === type && each.name === name);
    if (!found) {
      const ofType = resources.filter((each) => each.type === type).map((each) => each.name);
      const there = ofType.length > 0 ? ofType : [...new Set(resources.map((each) => each.type))];
      const what = ofType.length > 0 ? "of this type it has" : "its types are";
      throw new CannotRunError(
        `The stack has no resource ${name} of type ${type}; ${what} ${listOf(there)}.`,
      );
    }
    return { ...found.outputs, ...(found.id !== undefined && { id: found.id }), urn: found.urn };
  }

  private http(text: string, signal: AbortSignal): HttpEndpoint {
    const url = URL.parse(text);
    if (!url || !/^https?:$/.test(url.protocol))
      throw new CannotRunError(`"${text}" is not an address over HTTP.`);
    const { endpoint } = this.#target;
    const isEmulated = isLocalName(url.hostname) || isAwsHost(url.hostname);
    const origin = endpoint && isEmulated ? new URL(endpoint).origin : url.origin;
    if (endpoint && !isEmulated && !isThisMachine(url.hostname))
      throw new CannotRunError(
        `${text} is not on the emulated cloud at ${endpoint}: a drill of that cloud sends nothing elsewhere.`,
      );
    let pool = this.#pools.get(origin);
    if (!pool) {
      // A pool grows with the requests in flight, and knows nothing of proxy variables.
      pool = new Pool(origin, { headersTimeout: 0, bodyTimeout: 0 });
      this.#pools.set(origin, pool);
    }
    const connections = pool;
    return {
      send: async (method, path, body, headers = {}): Promise<Answer> => {
        const answer = await connections.request({
          method: method as "GET",
          path: pathOf(url, path),
          headers: {
            host: url.host,
            ...(body !== undefined && { "content-type": "application/json" }),
            ...headers,
          },
          ...(body !== undefined && { body }),
          signal,
        });
        return {
          status: answer.statusCode,
          body: await answer.body.text(),
          headers: Object.fromEntries(
            Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
          ),
        };
      },
    };
  }
}

/** The URL's path, the given one, and the URL's query where the given one has none. */
function pathOf({ pathname, search }: URL, path: string): string {
  const isJoined = path === "" || path.startsWith("?");
  const base = isJoined ? pathname : pathname.replace(/\/$/, "");
  const joined = isJoined || path.startsWith("/") ? `${base}${path}` : `${base}/${path}`;
  return joined.includes("?") ? joined : `${joined}${search}`;
}

/** Names that public DNS alone resolves to this machine, or that no resolver need know. */
function isLocalName(hostname: string): boolean {
  return hostname.endsWith(".localhost.localstack.cloud") || hostname.endsWith(".localhost");
}

/** Clients that few workloads need are loaded when they are asked for. */
function withLazyClients({ endpoint, outputs }: Target, clients: DrillClients): AwsClients {
  const config = clientConfig({ ...(endpoint && { endpoint }), region: outputs.region });
  let events: EventBridgeClient | undefined;
  let s3: S3Client | undefined;
  let sns: SNSClient | undefined;
  return {
    dynamodb: clients.dynamodb,
    sqs: clients.sqs,
    get events() {
      const { EventBridgeClient: Client } = require("@aws-sdk/client-eventbridge") as {
        readonly EventBridgeClient: new (config: object) => EventBridgeClient;
      };
      return (events ??= new Client(config));
    },
    get s3() {
      const { S3Client: Client } = require("@aws-sdk/client-s3") as {
        readonly S3Client: new (config: object) => S3Client;
      };
      return (s3 ??= new Client({ ...config, forcePathStyle: endpoint !== undefined }));
    },
    get sns() {
      const { SNSClient: Client } = require("@aws-sdk/client-sns") as {
        readonly SNSClient: new (config: object) => SNSClient;
      };
      return (sns ??= new Client(config));
    },
  };
}

function listOf(names: readonly string[]): string {
  return names.length === 0 ? "none" : names.join(", ");
}
