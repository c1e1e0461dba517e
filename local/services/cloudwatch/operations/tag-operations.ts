import { AwsError } from "../../../wire/aws-error.ts";
import type { Alarm } from "../alarm.ts";
import type { CloudwatchContext, CloudwatchOperation } from "../cloudwatch-context.ts";
import { inputs, parseInput } from "../inputs.ts";

/** Tags of alarms. Source: CloudWatch API 2010-08-01. */
export function tagOperations({
  alarms,
}: CloudwatchContext): Readonly<Record<string, CloudwatchOperation>> {
  function find(arn: string, region: string): Alarm {
    const alarm = alarms.byArn(arn);
    if (alarm?.region === region) return alarm;
    throw new AwsError("ResourceNotFoundException", `There is no alarm ${arn}.`, 404);
  }
  return {
    ListTagsForResource(input, { region }) {
      const { ResourceARN } = parseInput(inputs.ListTagsForResource, input);
      const { tags } = find(ResourceARN, region);
      return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
    },
    TagResource(input, { region }) {
      const { ResourceARN, Tags } = parseInput(inputs.TagResource, input);
      const { tags } = find(ResourceARN, region);
      for (const { Key, Value } of Tags) tags.set(Key, Value);
      return {};
    },
    UntagResource(input, { region }) {
      const { ResourceARN, TagKeys } = parseInput(inputs.UntagResource, input);
      const { tags } = find(ResourceARN, region);
      for (const key of TagKeys) tags.delete(key);
      return {};
    },
  };
}
