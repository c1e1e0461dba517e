import type { AwsCall } from "../../wire/aws-call.ts";
import {
  type ActionTable,
  anyResource,
  arnIn,
  type CallInput,
  entries,
  reader,
  textIn,
} from "./action-reader.ts";

/** A batch needs the action of one message. Source: Service Authorization Reference, Amazon SQS. */
export const sqsActions: ActionTable = {
  ...entries(
    "sqs",
    [
      "SendMessage",
      "ReceiveMessage",
      "DeleteMessage",
      "ChangeMessageVisibility",
      "GetQueueAttributes",
      "SetQueueAttributes",
      "PurgeQueue",
      "DeleteQueue",
      "AddPermission",
      "RemovePermission",
      "TagQueue",
      "UntagQueue",
      "ListQueueTags",
      "ListDeadLetterSourceQueues",
    ],
    queueOfUrl,
  ),
  SendMessageBatch: reader("sqs:SendMessage", queueOfUrl),
  DeleteMessageBatch: reader("sqs:DeleteMessage", queueOfUrl),
  ChangeMessageVisibilityBatch: reader("sqs:ChangeMessageVisibility", queueOfUrl),
  ...entries("sqs", ["CreateQueue", "GetQueueUrl"], (input, call) => [
    arnIn(call, "sqs", textIn(input, "QueueName")),
  ]),
  ...entries("sqs", ["StartMessageMoveTask", "ListMessageMoveTasks"], (input) => [
    textIn(input, "SourceArn"),
  ]),
  CancelMessageMoveTask: reader("sqs:CancelMessageMoveTask", queueOfTask),
  ...entries("sqs", ["ListQueues"], anyResource),
};

/** The last two parts of a queue's URL are account and name; old clients post to that path. */
function queueOfUrl(input: CallInput, call: AwsCall): string[] {
  const url = textIn(input, "QueueUrl") || call.request.path;
  const [, account, name] = /(?:^|\/)(\d{12})\/([^/?]+)\/?$/.exec(url) ?? [];
  return [`arn:aws:sqs:${call.region}:${account ?? call.accountId}:${name ?? url}`];
}

/** The handle of a move task is base64 JSON that holds the source queue's ARN, where it is AWS's. */
function queueOfTask(input: CallInput): string[] {
  const text = Buffer.from(textIn(input, "TaskHandle"), "base64").toString("latin1");
  return [/"sourceArn":"(arn:[^"]+)"/.exec(text)?.[1] ?? "*"];
}
