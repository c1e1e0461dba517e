import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { queueArn, queueNameOf } from "./queue-url.ts";

/** A queue, and the attributes that it was given: checked, and without empty ones. */
export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly isFifo: boolean;
  readonly attributes: Map<string, string>;
}

/**
 * Which queues there are, and their settings. fauxqs holds their messages; what a queue accepts is
 * decided before a message reaches it.
 */
export class QueueRegistry {
  readonly #byArn = new Map<string, Queue>();

  add(name: string, call: AwsCall, attributes: Iterable<readonly [string, string]>): void {
    const arn = queueArn(name, call);
    this.#byArn.set(arn, {
      ...{ name, arn, isFifo: name.endsWith(".fifo") },
      attributes: new Map([...attributes].filter(([, value]) => value !== "")),
    });
  }

  remove(url: unknown, call: AwsCall): void {
    if (typeof url === "string") this.#byArn.delete(queueArn(queueNameOf(url), call));
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
    if (!queue) throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
    return queue;
  }
}
