import { Agent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { FisClient } from "@aws-sdk/client-fis";
import { SQSClient } from "@aws-sdk/client-sqs";

/** What a drill itself calls. */
export interface DrillClients {
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly fis: FisClient;
  close(): void;
}

export interface AwsClientsOptions {
  /** Such as `http://127.0.0.1:4566`; absent for AWS itself. */
  readonly endpoint?: string;
  readonly region: string;
}

/** Clients for AWS, which find credentials as every SDK does, or for an emulated cloud. */
export function awsClients({ endpoint, region }: AwsClientsOptions): DrillClients {
  return endpoint === undefined ? realClients(region) : emulatedClients(endpoint, region);
}

/** Retries would hide the fault that a probe looks for, and a probe polls anyway. */
function realClients(region: string): DrillClients {
  const dynamodb = new DynamoDBClient({ region, maxAttempts: 1 });
  const sqs = new SQSClient({ region, maxAttempts: 1 });
  // FIS itself is never faulted, and what stops an experiment must get through.
  const fis = new FisClient({ region });
  return {
    dynamodb,
    sqs,
    fis,
    close() {
      for (const client of [dynamodb, sqs, fis]) client.destroy();
    },
  };
}

/**
 * Settings of a client for the stack's cloud, one attempt a call. For an emulated cloud every setting
 * that an SDK would otherwise look up is given here, so that no `AWS_*` variable, profile or proxy of
 * the user's shell changes where a call goes: agents of our own (the global one follows
 * NODE_USE_ENV_PROXY), test credentials, one attempt a call (a probe polls, and a retry would hide the
 * fault that it looks for).
 */
export function clientConfig({ endpoint, region }: AwsClientsOptions) {
  if (endpoint === undefined) return { region, maxAttempts: 1 };
  const httpAgent = new Agent({ keepAlive: true });
  const httpsAgent = new HttpsAgent({ keepAlive: true });
  return {
    endpoint,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    requestHandler: { httpAgent, httpsAgent, connectionTimeout: 2_000, requestTimeout: 20_000 },
    maxAttempts: 1,
    retryMode: "standard",
    defaultsMode: "standard" as const,
    useDualstackEndpoint: false,
    useFipsEndpoint: false,
  };
}

function emulatedClients(endpoint: string, region: string): DrillClients {
  const config = clientConfig({ endpoint, region });
  const current = { ...config, userAgentAppId: "outage-drill", authSchemePreference: ["sigv4"] };
  const dynamodb = new DynamoDBClient({
    ...current,
    accountIdEndpointMode: "disabled",
    endpointDiscoveryEnabled: false,
  });
  const sqs = new SQSClient(current);
  const fis = new FisClient(config);
  return {
    dynamodb,
    sqs,
    fis,
    close() {
      for (const client of [dynamodb, sqs, fis]) client.destroy();
      config.requestHandler?.httpAgent.destroy();
      config.requestHandler?.httpsAgent.destroy();
    },
  };
}
