import type { Log } from "../../log.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { AwsService } from "../aws-service.ts";
import { queryService } from "../query-service.ts";
import { createPublish } from "./publish.ts";
import type { SendForTopic } from "./send-for-topic.ts";
import { createSubscriptionOperations } from "./subscription-operations.ts";
import { Subscriptions } from "./subscriptions.ts";
import { createTopicOperations } from "./topic-operations.ts";
import { TopicRegistry } from "./topic-registry.ts";
import { createTopicTags } from "./topic-tags.ts";
import { isUtf8Form } from "../../wire/utf8-form.ts";

export interface SnsService extends AwsService {
  /** Policy of a topic, as its JSON text. */
  resourcePolicyOf(topicArn: string): string | undefined;
}

export interface SnsServiceOptions {
  /** Delivers to queues and functions. */
  readonly send: SendForTopic;
  readonly log: Log;
}

/** SNS, with topics and subscriptions in memory; deliveries can be denied, can fail and are tried again. */
export function createSnsService({ send, log }: SnsServiceOptions): SnsService {
  const topics = new TopicRegistry();
  const subscriptions = new Subscriptions({ send, log });
  const service = queryService(
    "sns",
    {
      ...createTopicOperations(topics, subscriptions),
      ...createTopicTags(topics),
      ...createSubscriptionOperations(topics, subscriptions),
      ...createPublish(topics, subscriptions),
    },
    { xmlNamespace: "http://sns.amazonaws.com/doc/2010-03-31/", version: "2010-03-31" },
  );
  return {
    ...service,
    async handle(call) {
      if (!isUtf8Form(call.request))
        throw new AwsError("InvalidParameter", "Invalid parameter: The request must be UTF-8.");
      return service.handle(call);
    },
    resourcePolicyOf: (arn) => topics.find(arn)?.attributes.get("Policy"),
    close: () => subscriptions.close(),
  };
}
