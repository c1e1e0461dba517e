import { Agent, request } from "node:http";

export interface LoadResult {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly failures: number;
}

export interface LoadRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Body of the n-th request. */
  body(n: number): string;
}

/** Sends requests over `connections` connections, one at a time on each, for `durationMs`. */
export async function closedLoop(
  { url, headers, body }: LoadRequest,
  { connections, durationMs }: { connections: number; durationMs: number },
): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const latencies: number[] = [];
  let sent = 0;
  let failures = 0;
  const post = (payload: string) =>
    new Promise<boolean>((resolve, reject) => {
      const outgoing = request(url, { agent, method: "POST", headers }, (response) => {
        response.resume().once("end", () => {
          resolve(response.statusCode === 200);
        });
      });
      outgoing.once("error", reject);
      outgoing.end(payload);
    });
  const startedMs = performance.now();
  const endsMs = startedMs + durationMs;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < endsMs) {
        const sentMs = performance.now();
        if (!(await post(body(sent++)))) failures += 1;
        latencies.push(performance.now() - sentMs);
      }
    }),
  );
  const seconds = (performance.now() - startedMs) / 1000;
  agent.destroy();
  latencies.sort((one, other) => one - other);
  const quantile = (share: number) => latencies[Math.floor(latencies.length * share)] ?? NaN;
  return {
    requestsPerSecond: latencies.length / seconds,
    p50Ms: quantile(0.5),
    p99Ms: quantile(0.99),
    failures,
  };
}
