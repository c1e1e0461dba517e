import { AwsError } from "../../wire/aws-error.ts";
import { type QueryInput, type QueryOperation, readList } from "../query-service.ts";
import { invalidParameter } from "./invalid-parameter.ts";
import type { Topic } from "./topic.ts";
import type { TopicRegistry } from "./topic-registry.ts";

/** Source: SNS Developer Guide, "Amazon SNS topic tagging". */
const mostTags = 50;

/** The tags of an input. Throws where a key comes twice. */
export function readTags(input: QueryInput): Map<string, string> {
  const tags = new Map<string, string>();
  for (let index = 1; ; index++) {
    const key = input[`Tags.member.${String(index)}.Key`];
    if (key === undefined) return tags;
    if (tags.has(key)) throw invalidParameter("Duplicated keys are not allowed.");
    tags.set(key, input[`Tags.member.${String(index)}.Value`] ?? "");
    if (tags.size > mostTags) throw tooMany();
  }
}

export function createTopicTags(
  topics: TopicRegistry,
): Readonly<Record<"ListTagsForResource" | "TagResource" | "UntagResource", QueryOperation>> {
  function find({ ResourceArn = "" }: QueryInput): Topic {
    const topic = topics.find(ResourceArn);
    if (!topic) throw new AwsError("ResourceNotFound", "Resource does not exist", 404);
    return topic;
  }
  return {
    ListTagsForResource: (input) => ({
      Tags: [...find(input).tags].map(([Key, Value]) => ({ Key, Value })),
    }),
    TagResource(input) {
      const topic = find(input);
      const given = readTags(input);
      if (new Set([...topic.tags.keys(), ...given.keys()]).size > mostTags) throw tooMany();
      for (const [key, value] of given) topic.tags.set(key, value);
      return {};
    },
    UntagResource(input) {
      const topic = find(input);
      for (const key of readList(input, "TagKeys")) topic.tags.delete(key);
      return {};
    },
  };
}

function tooMany(): AwsError {
  return new AwsError(
    "TagLimitExceeded",
    "Could not complete request: tag quota of per resource exceeded",
  );
}
