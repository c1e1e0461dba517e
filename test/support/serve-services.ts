import { createAccessChecks } from "../../local/access/create-access-checks.ts";
import { createGateway } from "../../local/gateway.ts";
import type { Log } from "../../local/log.ts";
import { serveGateway } from "../../local/server.ts";
import type { AwsService } from "../../local/services/aws-service.ts";
import { createDispatch } from "../../local/steps/dispatch.ts";
import { createIdentify } from "../../local/steps/identify.ts";
import { createCheckPermission } from "../../local/steps/check-permission.ts";
import type { AwsCall } from "../../local/wire/aws-call.ts";

export interface ServeOptions {
  roleArnOf?(accessKeyId: string): string | undefined;
  /** Runs before the service sees a call. */
  authorize?(call: AwsCall): void;
  readonly log?: Log;
}

export interface ServedServices {
  readonly endpoint: string;
  close(): Promise<void>;
}

/** The gateway on a free port of the loopback interface with only these services behind it. */
export async function serveServices(
  services: readonly AwsService[],
  options: ServeOptions = {},
): Promise<ServedServices> {
  const log: Log = options.log ?? (() => undefined);
  const pass = () => undefined;
  const gateway = createGateway(
    {
      ...createAccessChecks({}, log),
      health: pass,
      chaosApi: pass,
      executeApi: pass,
      identify: createIdentify({
        services,
        accountId: "000000000000",
        defaultRegion: "us-east-1",
        roleArnOf: (accessKeyId) => options.roleArnOf?.(accessKeyId),
        log,
      }),
      authorize: createCheckPermission((call) => options.authorize?.(call)),
      injectFault: pass,
      dispatch: createDispatch(services),
    },
    log,
  );
  const server = await serveGateway(gateway, { host: "127.0.0.1", port: 0 });
  return {
    endpoint: `http://127.0.0.1:${String(server.port)}`,
    async close() {
      await server.close();
      for (const service of services) await service.close?.();
    },
  };
}
