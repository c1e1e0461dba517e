import type { QueueProbe } from "../cloudwatch/queue-metrics.ts";
import type { QueueRegistry } from "./queue-registry.ts";
import { queueNowMs } from "./store/stored-message.ts";

/** Looks into queues without receiving from them, as SQS does for its metrics. */
export function createQueueProbe(queues: QueueRegistry): QueueProbe {
  return {
    sample: () =>
      [...queues.all].map((queue) => {
        const { visible, inFlight, delayed } = queue.messages.counts();
        const { region, name: queueName } = queue;
        return { region, queueName, visible, notVisible: inFlight, delayed };
      }),
    oldestMessageAgeSeconds(queueName, region) {
      const queue = [...queues.all].find(
        (each) => each.name === queueName && each.region === region,
      );
      const sentMs = queue?.messages.oldestSentMs();
      return sentMs === undefined ? 0 : Math.floor((queueNowMs() - sentMs) / 1000);
    },
  };
}
