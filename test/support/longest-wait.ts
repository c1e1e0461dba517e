import { request, Agent } from "node:http";

/**
 * Runs `work` and resolves how long, in milliseconds, the slowest of the requests for the endpoint's
 * health took that were sent meanwhile, one after the other, over a connection of their own.
 */
export async function longestWait(endpoint: string, work: () => Promise<unknown>): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  await ask(endpoint, agent);
  let isDone = false;
  let longestMs = 0;
  const poll = async (): Promise<void> => {
    do longestMs = Math.max(longestMs, await ask(endpoint, agent));
    while (!isDone);
  };
  const polling = poll();
  try {
    await work();
  } finally {
    isDone = true;
    await polling;
    agent.destroy();
  }
  return longestMs;
}

function ask(endpoint: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const beganMs = performance.now();
    request(`${endpoint}/_localstack/health`, { agent }, (response) => {
      response.resume().on("end", () => {
        resolve(performance.now() - beganMs);
      });
    })
      .on("error", reject)
      .end();
  });
}
