import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { FisClient } from "@aws-sdk/client-fis";
import { createFaultStore, type FaultStore } from "../../../local/faults/fault-store.ts";
import {
  createFisService,
  type FisServiceOptions,
} from "../../../local/services/fis/fis-service.ts";
import type { AwsCall } from "../../../local/wire/aws-call.ts";
import { AwsError } from "../../../local/wire/aws-error.ts";
import type { HttpAnswer, HttpRequest } from "../../../local/wire/http.ts";
import { writeError } from "../../../local/wire/write-error.ts";

export interface StartedFis extends AsyncDisposable {
  readonly endpoint: string;
  readonly client: FisClient;
  readonly store: FaultStore;
  readonly log: readonly Record<string, unknown>[];
  /** Sends a request without an SDK, for what the SDK cannot say. */
  send(method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }>;
  clientIn(region: string): FisClient;
}

/** FIS alone behind a loopback port, without the gateway and the other services. */
export async function startFis(options: Partial<FisServiceOptions> = {}): Promise<StartedFis> {
  const store = createFaultStore();
  const log: Record<string, unknown>[] = [];
  const service = createFisService({
    store,
    log: (entry) => log.push(entry),
    accountId: "000000000000",
    ...options,
  });

  async function answer(request: HttpRequest): Promise<HttpAnswer> {
    const form = { service: "fis", protocol: "rest-json", requestId: "request-1" } as const;
    const region = /\/(\w{2}-\w+-\d)\/fis\//.exec(request.headers.authorization ?? "")?.[1];
    const operation = service.identify(request)?.operation;
    try {
      if (operation === undefined) throw new AwsError("UnknownOperationException", "?", 404);
      const call: AwsCall = {
        ...form,
        operation,
        region: region ?? "us-east-1",
        accountId: "000000000000",
        accessKeyId: undefined,
        roleArn: undefined,
        request,
      };
      return await service.handle(call);
    } catch (error) {
      if (error instanceof AwsError) return writeError(error, form);
      return writeError(new AwsError("InternalFailure", String(error), 500), form);
    }
  }

  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const [path = "", query] = (incoming.url ?? "").split("?");
      void answer({
        method: incoming.method ?? "",
        path,
        query: new URLSearchParams(query),
        headers: incoming.headers,
        body: Buffer.concat(chunks),
      }).then(({ status, headers, body }) => outgoing.writeHead(status, headers).end(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const clients: FisClient[] = [];
  const clientIn = (region: string) => {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const client = new FisClient({ endpoint, region, credentials, maxAttempts: 1 });
    clients.push(client);
    return client;
  };
  return {
    endpoint,
    store,
    log,
    clientIn,
    client: clientIn("us-east-1"),
    async send(method, path, body) {
      const response = await fetch(endpoint + path, {
        method,
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    },
    async [Symbol.asyncDispose]() {
      for (const client of clients) client.destroy();
      await service.close?.();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
