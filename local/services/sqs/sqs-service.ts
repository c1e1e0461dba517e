import { isUtf8 } from "node:buffer";
import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { jsonService, type JsonInput, type JsonOperation } from "../json-service.ts";
import type { AwsService } from "../aws-service.ts";
import { checkInput } from "./check-input.ts";
import type { FauxqsApp } from "./fauxqs-app.ts";
import { listQueues } from "./list-queues.ts";
import { createMessageMoveTasks } from "./message-move-tasks.ts";
import { createQueueOperations } from "./queue-operations.ts";
import { QueueRegistry } from "./queue-registry.ts";
import { receiveMessage } from "./receive-message.ts";
import { createSendMessage } from "./send-message.ts";
import { toClientUrl, toStoreUrl } from "./queue-url.ts";

/** What fauxqs answers on its own. */
const fauxqsOperations = [
  "ChangeMessageVisibility",
  "ChangeMessageVisibilityBatch",
  "DeleteMessage",
  "DeleteMessageBatch",
  "GetQueueUrl",
  "ListQueueTags",
  "PurgeQueue",
  "TagQueue",
  "UntagQueue",
] as const;

export interface SqsService extends AwsService {
  /** Policy of a queue, as its JSON text. */
  resourcePolicyOf(queueArn: string): string | undefined;
}

/** SQS: messages wait in fauxqs; what a queue accepts and how it shows itself is decided here. */
export function createSqsService(app: FauxqsApp): SqsService {
  const queues = new QueueRegistry();
  const run = (operation: string, input: JsonInput, call: AwsCall) =>
    callFauxqs(app, operation, input, call);
  const moveTasks = createMessageMoveTasks(run);

  const operations: Record<string, JsonOperation> = {
    ...Object.fromEntries(
      fauxqsOperations.map((operation) => [
        operation,
        (input: JsonInput, call: AwsCall) => run(operation, input, call),
      ]),
    ),
    ...moveTasks.operations,
    ...createQueueOperations(run, queues),
    ...createSendMessage(run, queues),
    ReceiveMessage: (input, call) => receiveMessage(run, queues, input, call),
    ListQueues: (input, call) => listQueues(run, input, call),
  };

  const checked = Object.fromEntries(
    Object.entries(operations).map(([operation, answer]): [string, JsonOperation] => [
      operation,
      (input, call) => {
        if (!isUtf8(call.request.body))
          throw new AwsError("SerializationException", "The request body must be UTF-8.");
        checkInput(operation, input);
        return answer(input, call);
      },
    ]),
  );
  const service = jsonService("sqs", checked, {
    targetPrefix: "AmazonSQS",
    protocol: "json-1.0",
  });
  return {
    ...service,
    resourcePolicyOf: (arn) => queues.byArn(arn)?.attributes.get("Policy"),
    close: () => moveTasks.close(),
  };
}

async function callFauxqs(
  app: FauxqsApp,
  operation: string,
  input: JsonInput,
  call: AwsCall,
): Promise<object> {
  const url = input["QueueUrl"];
  const answer = await app.call({
    contentType: "application/x-amz-json-1.0",
    region: call.region,
    target: `AmazonSQS.${operation}`,
    body: JSON.stringify(
      typeof url === "string" ? { ...input, QueueUrl: toStoreUrl(url, call) } : input,
    ),
  });
  const output = JSON.parse(answer.body.toString() || "{}") as Record<string, unknown>;
  if (answer.status === 200)
    return typeof output["QueueUrl"] === "string"
      ? { ...output, QueueUrl: toClientUrl(output["QueueUrl"], call) }
      : output;
  const { __type: type, message } = output;
  if (typeof type !== "string")
    throw new Error(`fauxqs failed to answer ${operation}: ${answer.body.toString()}`);
  throw new AwsError(type.split("#").at(-1) ?? type, String(message), answer.status);
}
