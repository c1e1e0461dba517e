import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { invalidParameter } from "./invalid-parameter.ts";
import type { Topic } from "./topic.ts";

/** The topics of every region. */
export class TopicRegistry {
  readonly #byArn = new Map<string, Topic>();

  ofRegion(region: string): Topic[] {
    return [...this.#byArn.values()].filter((topic) => topic.region === region);
  }

  add(topic: Topic): void {
    this.#byArn.set(topic.arn, topic);
  }

  remove(arn: string): void {
    this.#byArn.delete(arn);
  }

  find(arn: string): Topic | undefined {
    return this.#byArn.get(arn);
  }

  /** The topic with this ARN, which must be of the call's region. Throws when there is none. */
  get(arn: string, call: AwsCall): Topic {
    checkTopicArn(arn, call);
    const topic = this.#byArn.get(arn);
    if (!topic) throw new AwsError("NotFound", "Topic does not exist", 404);
    return topic;
  }
}

/** Throws for a text that is no ARN of a topic in the call's region, which is the one that it reached. */
export function checkTopicArn(arn: string, { region }: AwsCall): void {
  const parts = arn.split(":");
  if (parts.length < 6)
    throw invalidParameter(
      `TopicArn Reason: An ARN must have at least 6 elements, not ${String(parts.length)}`,
    );
  if (parts[2] !== "sns" || parts[3] !== region) throw invalidParameter("TopicArn");
}
