import { APIGatewayClient } from "@aws-sdk/client-api-gateway";
import { createIdentify } from "../../../local/steps/identify.ts";
import { createDispatch } from "../../../local/steps/dispatch.ts";
import { createExecuteApi } from "../../../local/steps/execute-api.ts";
import { createAccessChecks } from "../../../local/access/create-access-checks.ts";
import { createGateway } from "../../../local/gateway.ts";
import { serveGateway } from "../../../local/server.ts";
import { createApiGatewayService } from "../../../local/services/apigateway/create-api-gateway-service.ts";
import type {
  LambdaInvocation,
  LambdaInvoker,
  LambdaResult,
} from "../../../local/services/lambda/lambda-invoker.ts";

export type Invoke = (invocation: LambdaInvocation) => Promise<LambdaResult>;

export interface RunningApiGateway {
  readonly port: number;
  readonly endpoint: string;
  readonly client: APIGatewayClient;
  readonly log: Record<string, unknown>[];
  readonly accessLog: { logGroupArn: string; line: string }[];
  /** The data plane alone, for a request that no client here can send. */
  readonly executeApi: ReturnType<typeof createExecuteApi>;
  /** What the function behind every API does. */
  answerWith(invoke: Invoke): void;
  close(): Promise<void>;
}

/** API Gateway, both planes, behind the real gateway on a free port, with functions made up here. */
export async function startApiGateway(): Promise<RunningApiGateway> {
  const log: Record<string, unknown>[] = [];
  const accessLog: { logGroupArn: string; line: string }[] = [];
  let invoke: Invoke = () => Promise.resolve({ payload: '{"statusCode":200}' });
  const invoker: Pick<LambdaInvoker, "invoke"> = { invoke: (invocation) => invoke(invocation) };
  const service = createApiGatewayService({
    accountId: "000000000000",
    accessLogs: (logGroupArn, line) => accessLog.push({ logGroupArn, line }),
  });
  const writeLog = (entry: Record<string, unknown>): void => {
    log.push(entry);
  };
  const executeApi = createExecuteApi({ apis: service.apis, invoker, log: writeLog });
  const pass = (): undefined => undefined;
  const gateway = createGateway(
    {
      ...createAccessChecks({}, writeLog),
      health: pass,
      chaosApi: pass,
      executeApi,
      identify: createIdentify({
        services: [service],
        accountId: "000000000000",
        defaultRegion: "us-east-1",
        roleArnOf: pass,
        log: writeLog,
      }),
      authorize: pass,
      injectFault: pass,
      dispatch: createDispatch([service]),
    },
    writeLog,
  );
  const server = await serveGateway(gateway, { host: "127.0.0.1", port: 0 });
  const endpoint = `http://127.0.0.1:${String(server.port)}`;
  const client = createClient(endpoint, "us-east-1");
  return {
    port: server.port,
    endpoint,
    client,
    executeApi,
    log,
    accessLog,
    answerWith(next) {
      invoke = next;
    },
    async close() {
      client.destroy();
      await server.close();
    },
  };
}

export function createClient(endpoint: string, region: string): APIGatewayClient {
  return new APIGatewayClient({
    endpoint,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
}
