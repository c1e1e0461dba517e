import type { AwsCall } from "../../../wire/aws-call.ts";
import type { JsonInput } from "../../json-service.ts";
import type { EventsContext, EventsOperations } from "../events-context.ts";
import { notFound, textOf, textsOf } from "../events-input.ts";
import { readTags, setTags } from "../read-tags.ts";

/** Tags of rules and event buses. Source: EventBridge API 2015-10-07. */
export const tagOperations: EventsOperations = {
  TagResource(input, context, call) {
    setTags(tagsOf(input, context, call), readTags(input));
    return {};
  },

  UntagResource(input, context, call) {
    const tags = tagsOf(input, context, call);
    for (const key of textsOf(input, "TagKeys") ?? []) tags.delete(key);
    return {};
  },

  ListTagsForResource(input, context, call) {
    const tags = tagsOf(input, context, call);
    return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
  },
};

function tagsOf(
  input: JsonInput,
  { buses }: EventsContext,
  { region }: AwsCall,
): Map<string, string> {
  const arn = textOf(input, "ResourceARN", { max: 1600 });
  for (const bus of buses.in(region).values()) {
    if (bus.arn === arn) return bus.tags;
    for (const rule of bus.rules.values()) if (rule.arn === arn) return rule.tags;
  }
  throw notFound(`Resource ${arn} does not exist.`);
}
