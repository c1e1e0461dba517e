import { Worker } from "node:worker_threads";

/** What polls the health of an endpoint from a thread of its own, which the test cannot slow down. */
export interface HealthPoller {
  /** The longest wait since the last question, in milliseconds. */
  longest(): Promise<number>;
  close(): Promise<unknown>;
}

const source = `
  const { parentPort, workerData } = require("node:worker_threads");
  const { request, Agent } = require("node:http");
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  let longestMs = 0, beganMs;
  const ask = () => {
    beganMs = performance.now();
    request(workerData, { agent }, (response) => response.resume().on("end", () => {
      longestMs = Math.max(longestMs, performance.now() - beganMs);
      beganMs = undefined;
      setTimeout(ask, 2);
    })).on("error", () => setTimeout(ask, 20)).end();
  };
  ask();
  parentPort.on("message", () => {
    const now = performance.now();
    parentPort.postMessage(Math.max(longestMs, now - (beganMs ?? now)));
    longestMs = 0;
  });`;

export function pollHealth(endpoint: string): HealthPoller {
  const worker = new Worker(source, {
    eval: true,
    workerData: `${endpoint}/_localstack/health`,
  });
  return {
    longest: () =>
      new Promise((resolve) => {
        worker.once("message", resolve);
        worker.postMessage("longest");
      }),
    close: () => worker.terminate(),
  };
}
