import type { ServiceMembers } from "../member-table.ts";

const tags = "Tags(Key Value)";
const page = "NextToken Limit";
const bus = "EventBusName";

/** Source: EventBridge API 2015-10-07. */
export const eventsMembers: ServiceMembers = {
  CreateEventBus: {
    honours: `Name Description ${tags}`,
    refuses: "EventSourceName KmsKeyIdentifier DeadLetterConfig LogConfig",
  },
  UpdateEventBus: {
    honours: "Name Description",
    refuses: "KmsKeyIdentifier DeadLetterConfig LogConfig",
  },
  DescribeEventBus: { honours: "Name" },
  ListEventBuses: { honours: `NamePrefix ${page}` },
  DeleteEventBus: { honours: "Name" },
  PutPermission: {
    honours: `${bus} Action Principal StatementId Condition(Type Key Value) Policy`,
  },
  RemovePermission: { honours: `${bus} StatementId RemoveAllPermissions` },
  PutRule: {
    honours: `Name ScheduleExpression EventPattern State Description RoleArn ${tags} ${bus}`,
  },
  DescribeRule: { honours: `Name ${bus}` },
  ListRules: { honours: `NamePrefix ${bus} ${page}` },
  ListRuleNamesByTarget: { honours: `TargetArn ${bus} ${page}` },
  DeleteRule: { honours: `Name ${bus}`, ignores: { "nothing-is-locked": "Force" } },
  EnableRule: { honours: `Name ${bus}` },
  DisableRule: { honours: `Name ${bus}` },
  PutTargets: {
    honours: `Rule ${bus} Targets(Id Arn RoleArn Input InputPath
      InputTransformer(InputPathsMap InputTemplate) SqsParameters(MessageGroupId)
      DeadLetterConfig(Arn) RetryPolicy(MaximumRetryAttempts MaximumEventAgeInSeconds))`,
    refuses: `Targets(KinesisParameters RunCommandParameters EcsParameters BatchParameters
      HttpParameters RedshiftDataParameters SageMakerPipelineParameters AppSyncParameters)`,
  },
  ListTargetsByRule: { honours: `Rule ${bus} ${page}` },
  RemoveTargets: { honours: `Rule ${bus} Ids`, ignores: { "nothing-is-locked": "Force" } },
  PutEvents: {
    honours: "Entries(Time Source Resources DetailType Detail EventBusName)",
    refuses: "EndpointId",
    ignores: { "tracing-only": "Entries(TraceHeader)" },
  },
  TestEventPattern: { honours: "EventPattern Event" },
  TagResource: { honours: `ResourceARN ${tags}` },
  UntagResource: { honours: "ResourceARN TagKeys" },
  ListTagsForResource: { honours: "ResourceARN" },
};
