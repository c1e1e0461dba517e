import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** The Chaos API of an embedded cloud without its leases, as LocalStack has it. */
export async function hideLeases(upstream: string) {
  const server = createServer((request, response) => {
    void (async () => {
      const body = await text(request);
      const { method = "GET", url = "/" } = request;
      const answer = url.startsWith("/_outage-drill")
        ? new Response("NoSuchBucket", { status: 404 })
        : await fetch(`${upstream}${url}`, { method, ...(body !== "" && { body }) });
      response.writeHead(answer.status, { "content-type": "application/json" });
      response.end(await answer.text());
    })();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
