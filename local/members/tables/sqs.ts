import type { OperationMembers, ServiceMembers } from "../member-table.ts";

const ofQueue: OperationMembers = { honours: "QueueUrl" };
const message = `MessageBody DelaySeconds MessageAttributes{}(DataType StringValue BinaryValue)
  MessageDeduplicationId MessageGroupId`;
/** "Not implemented. Reserved for future use", says AWS. */
const lists = "MessageAttributes{}(StringListValues BinaryListValues)";

/** Source: SQS API 2012-11-05. What `Attributes` may hold is for the operations to check. */
export const sqsMembers: ServiceMembers = {
  CreateQueue: { honours: "QueueName Attributes tags" },
  DeleteQueue: ofQueue,
  GetQueueAttributes: { honours: "QueueUrl AttributeNames" },
  GetQueueUrl: { honours: "QueueName", refuses: "QueueOwnerAWSAccountId=$account" },
  ListQueueTags: ofQueue,
  ListDeadLetterSourceQueues: { honours: "QueueUrl NextToken MaxResults" },
  ListQueues: { honours: "QueueNamePrefix NextToken MaxResults" },
  PurgeQueue: ofQueue,
  SetQueueAttributes: { honours: "QueueUrl Attributes" },
  TagQueue: { honours: "QueueUrl Tags" },
  UntagQueue: { honours: "QueueUrl TagKeys" },
  SendMessage: {
    honours: `QueueUrl ${message}`,
    refuses: lists,
    ignores: { "tracing-only": "MessageSystemAttributes" },
  },
  SendMessageBatch: {
    honours: `QueueUrl Entries(Id ${message})`,
    refuses: `Entries(${lists})`,
    ignores: { "tracing-only": "Entries(MessageSystemAttributes)" },
  },
  ReceiveMessage: {
    honours: `QueueUrl AttributeNames MessageSystemAttributeNames MessageAttributeNames
      MaxNumberOfMessages VisibilityTimeout WaitTimeSeconds`,
    refuses: "ReceiveRequestAttemptId",
  },
  DeleteMessage: { honours: "QueueUrl ReceiptHandle" },
  DeleteMessageBatch: { honours: "QueueUrl Entries(Id ReceiptHandle)" },
  ChangeMessageVisibility: { honours: "QueueUrl ReceiptHandle VisibilityTimeout" },
  ChangeMessageVisibilityBatch: { honours: "QueueUrl Entries(Id ReceiptHandle VisibilityTimeout)" },
  StartMessageMoveTask: { honours: "SourceArn DestinationArn MaxNumberOfMessagesPerSecond" },
  ListMessageMoveTasks: { honours: "SourceArn MaxResults" },
  CancelMessageMoveTask: { honours: "TaskHandle" },
};
