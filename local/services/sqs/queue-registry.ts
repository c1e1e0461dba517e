import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { Queue } from "./queue.ts";
import { queueArn, queueNameOf } from "./queue-url.ts";

/** The queues of every region. */
export class QueueRegistry {
  readonly #byArn = new Map<string, Queue>();

  get all(): Iterable<Queue> {
    return this.#byArn.values();
  }

  add(queue: Queue): void {
    this.#byArn.set(queue.arn, queue);
  }

  remove(queue: Queue): void {
    queue.isDeleted = true;
    this.#byArn.delete(queue.arn);
    queue.messages.wakeAll();
  }

  byArn(arn: string): Queue | undefined {
    return this.#byArn.get(arn);
  }

  byName(name: string, call: AwsCall): Queue | undefined {
    return this.#byArn.get(queueArn(name, call));
  }

  /** The queue of a QueueUrl. Throws when there is none. */
  byUrl(url: unknown, call: AwsCall): Queue {
    if (typeof url !== "string" || url === "")
      throw new AwsError("MissingParameter", "The request must contain the parameter QueueUrl.");
    const queue = this.byName(queueNameOf(url), call);
    if (!queue) throw noSuchQueue();
    return queue;
  }
}

export function noSuchQueue(): AwsError {
  return new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
}
