import { once } from "node:events";
import { createServer } from "node:net";
import type { Check } from "./check.ts";

const ADDRESS = "127.0.0.1";
const ANSWERED_WITHIN_MS = 2_000;

/** Whether the embedded cloud can listen on a port; where it cannot, what does. */
export async function checkPort(port: number): Promise<Check> {
  const place = `Port ${String(port)} on ${ADDRESS}`;
  const server = createServer();
  try {
    server.listen(port, ADDRESS);
    await once(server, "listening");
    return { state: "ready", text: `${place} is free for npx outage-drill cloud.` };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EADDRINUSE")
      return {
        state: "optional",
        text: `${place} cannot be used (${String(code)}): choose another with --port N.`,
      };
    const cloud = await cloudAt(`http://${ADDRESS}:${String(port)}`);
    return cloud === undefined
      ? {
          state: "optional",
          text: `${place} is taken, and not by an AWS endpoint with a health page: npx outage-drill cloud needs --port N; run takes free ports.`,
        }
      : { state: "ready", text: `${place}: ${cloud} answers there.` };
  } finally {
    server.close();
  }
}

/** What answers LocalStack's health request, which this cloud and others serve as well. */
async function cloudAt(endpoint: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`${endpoint}/_localstack/health`, {
      signal: AbortSignal.timeout(ANSWERED_WITHIN_MS),
    });
    const health = (await answer.json()) as { edition?: unknown; version?: unknown };
    if (health.edition === "outage-drill") return "an embedded cloud";
    return ["LocalStack", health.version, health.edition].filter(Boolean).join(" ");
  } catch {
    return undefined;
  }
}
