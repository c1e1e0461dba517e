import { createAccessChecks } from "./access/create-access-checks.ts";
import { createDice } from "./faults/dice.ts";
import { createFaultGate } from "./faults/fault-gate.ts";
import { createFaultLeases } from "./faults/fault-leases.ts";
import { createFaultStore } from "./faults/fault-store.ts";
import { createGateway } from "./gateway.ts";
import type { CloudOptions } from "./cloud.ts";
import { serveGateway } from "./server.ts";
import { createFisService } from "./services/fis/fis-service.ts";
import { createOwnApis } from "./steps/own-apis.ts";
import { createForward } from "./steps/forward.ts";
import { createIdentifyByForm } from "./steps/identify-by-form.ts";
import { createInjectFault } from "./steps/inject-fault.ts";
import type { Step } from "./steps/step.ts";

const accountId = "000000000000";

export interface UpstreamGateway {
  readonly endpoint: string;
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Puts FIS and the Chaos API in front of another AWS-compatible endpoint, such as MiniStack or moto:
 * calls that pass through it can be delayed and failed, and go on to the upstream otherwise. Calls
 * that the upstream makes by itself do not pass it, unless its functions are told to send theirs
 * here (their variable AWS_ENDPOINT_URL).
 */
export async function startUpstreamGateway(
  upstream: URL,
  options: CloudOptions = {},
): Promise<UpstreamGateway> {
  const { log = () => undefined, host = "127.0.0.1" } = options;
  let endpoint = "";
  const faults = createFaultStore();
  const random = createDice(options.seed);
  const gate = createFaultGate({ store: faults, log, random });
  const fis = createFisService({ store: faults, log, accountId, random });
  const leases = createFaultLeases({
    store: faults,
    onExpiry: ({ owner, seconds }) => {
      log({ event: "fault-lease-expired", owner, seconds });
    },
  });
  const forward = createForward(upstream, () => endpoint);
  const next: Step = () => undefined;
  const identifyByForm = createIdentifyByForm({ accountId });
  const dispatch: Step = (exchange) =>
    exchange.call?.service === "fis" && exchange.call.operation !== ""
      ? fis.handle(exchange.call)
      : forward.step(exchange);
  const gateway = createGateway(
    {
      ...createAccessChecks({ ...options, host }, log),
      health: next,
      chaosApi: createOwnApis({ faults, leases, gate }),
      // Only the upstream knows what else it serves under an API's address: no page gets there.
      executeApi: next,
      identify: (exchange) => {
        const { request } = exchange;
        const identified = identifyByForm(exchange);
        const { call } = exchange;
        const operation = call?.service === "fis" && fis.identify(request);
        if (call && operation) exchange.call = { ...call, ...operation };
        return identified;
      },
      authorize: next,
      injectFault: createInjectFault(gate, dispatch),
      dispatch,
    },
    log,
  );
  const server = await serveGateway(gateway, { host, port: options.port ?? 0 });
  endpoint = `http://${host.includes(":") ? `[${host}]` : host}:${String(server.port)}`;
  return {
    endpoint,
    port: server.port,
    async close() {
      leases.close();
      await fis.close?.();
      await server.close();
      await forward.close();
    },
  };
}
