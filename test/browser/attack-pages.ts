import { once } from "node:events";
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface AttackPages {
  readonly port: number;
  /** What a page has reported under a name; rejects when it has not within 30 s. */
  report(name: string): Promise<string>;
  close(): Promise<void>;
}

export interface Forwarding {
  readonly port: number;
  /** Takes away what shows that a page asks: the gateway then decides as if it did not look. */
  readonly asProgram: boolean;
}

/**
 * Serves a page for each script (`/name`), which tells what it saw with `report(text)`. Any other
 * request is handed on to a cloud: a name that was rebound after its page was loaded.
 */
export async function serveAttackPages(
  scripts: ReadonlyMap<string, string>,
  forwarding?: Forwarding,
): Promise<AttackPages> {
  const reports = new Map<string, PromiseWithResolvers<string>>();
  const reportOf = (name: string) => {
    const known = reports.get(name) ?? Promise.withResolvers<string>();
    reports.set(name, known);
    return known;
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    const script = scripts.get(pathname.slice(1));
    if (script === undefined && pathname !== "/report" && forwarding !== undefined) {
      forward(request, response, forwarding);
      return;
    }
    if (pathname === "/report")
      reportOf(searchParams.get("name") ?? "").resolve(searchParams.get("text") ?? "");
    response.setHeader("content-type", "text/html");
    response.end(script === undefined ? "" : page(pathname.slice(1), script));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    report(name) {
      const timer = setTimeout(() => {
        reportOf(name).reject(new Error(`The page ${name} reported nothing within 30 s.`));
      }, 30_000);
      return reportOf(name).promise.finally(() => {
        clearTimeout(timer);
      });
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function forward(request: IncomingMessage, response: ServerResponse, to: Forwarding): void {
  const headers = { ...request.headers };
  delete headers.connection;
  delete headers.upgrade;
  if (to.asProgram)
    for (const name of Object.keys(headers))
      if (/^(sec-|origin$|referer$|user-agent$|host$)/.test(name))
        Reflect.deleteProperty(headers, name);
  const { method = "GET", url = "/" } = request;
  const asked = ask({ host: "127.0.0.1", port: to.port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  asked.on("error", () => response.destroy());
  request.pipe(asked);
}

function page(name: string, script: string): string {
  return `<!doctype html><body><script type="module">
    const report = (text) => fetch("/report?" + new URLSearchParams({ name: ${JSON.stringify(name)}, text }));
    try { ${script} } catch (error) { report("error: " + error); }
  </script></body>`;
}
