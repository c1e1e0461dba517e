import { readArn } from "../../wire/arn.ts";
import type { QueueProbe } from "../cloudwatch/queue-metrics.ts";
import type { FauxqsApp } from "./fauxqs-app.ts";

/** What fauxqs answers at `/_fauxqs/queues`. */
interface QueueSummary {
  readonly url: string;
  readonly arn: string;
  readonly approximateMessageCount: number;
  readonly approximateInflightCount: number;
  readonly approximateDelayedCount: number;
}

/** What fauxqs answers at `/_fauxqs/queues/NAME`. */
interface QueueContents {
  readonly arn: string;
  readonly messages: {
    readonly ready: readonly Sent[];
    readonly delayed: readonly Sent[];
    readonly inflight: readonly { readonly message: Sent }[];
  };
}

interface Sent {
  readonly sentTimestamp: number;
}

/** AWS regions, and not those in which SNS keeps queues of its own. */
const awsRegion = /^[a-z]{2}(-[a-z]+)+-\d+$/;

/** Looks into queues without receiving from them, as SQS does for its metrics. */
export function createQueueProbe(app: FauxqsApp): QueueProbe {
  return {
    async sample() {
      const queues = (await app.inspect("/_fauxqs/queues")) as QueueSummary[];
      return queues
        .map((queue) => ({
          region: readArn(queue.arn).region,
          queueUrl: queue.url,
          visible: queue.approximateMessageCount,
          notVisible: queue.approximateInflightCount,
          delayed: queue.approximateDelayedCount,
        }))
        .filter(({ region }) => awsRegion.test(region));
    },
    async oldestMessageAgeSeconds(queueName, region) {
      const path = `/_fauxqs/queues/${encodeURIComponent(queueName)}`;
      const { arn, messages } = (await app.inspect(path)) as QueueContents;
      // fauxqs finds by name alone, whatever the region.
      if (readArn(arn).region !== region) return 0;
      const inFlight = messages.inflight.map(({ message }) => message);
      const oldestMs = [...messages.ready, ...messages.delayed, ...inFlight].reduce(
        (oldest, { sentTimestamp }) => Math.min(oldest, sentTimestamp),
        Infinity,
      );
      return oldestMs === Infinity ? 0 : Math.max(0, Math.floor((Date.now() - oldestMs) / 1000));
    },
  };
}
