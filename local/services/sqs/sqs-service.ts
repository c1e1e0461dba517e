import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { jsonService, type JsonInput, type JsonOperation } from "../json-service.ts";
import type { AwsService } from "../aws-service.ts";
import { checkInput } from "./check-input.ts";
import type { FauxqsApp } from "./fauxqs-app.ts";
import { listQueues } from "./list-queues.ts";
import { createMessageMoveTasks } from "./message-move-tasks.ts";
import { receiveMessage } from "./receive-message.ts";
import { queueArn, queueNameOf, toClientUrl, toStoreUrl } from "./queue-url.ts";

/** What fauxqs answers by itself. */
const fauxqsOperations = [
  "ChangeMessageVisibility",
  "ChangeMessageVisibilityBatch",
  "CreateQueue",
  "DeleteMessage",
  "DeleteMessageBatch",
  "DeleteQueue",
  "GetQueueAttributes",
  "GetQueueUrl",
  "ListQueueTags",
  "ListQueues",
  "PurgeQueue",
  "ReceiveMessage",
  "SendMessage",
  "SendMessageBatch",
  "SetQueueAttributes",
  "TagQueue",
  "UntagQueue",
] as const;

export interface SqsService extends AwsService {
  /** Policy of a queue, as its JSON text. */
  resourcePolicyOf(queueArn: string): string | undefined;
}

/** SQS: queues in fauxqs, and a thin layer for what it lacks. */
export function createSqsService(app: FauxqsApp): SqsService {
  const policies = new Map<string, string>();
  const run = (operation: string, input: JsonInput, call: AwsCall) =>
    callFauxqs(app, operation, input, call);
  const moveTasks = createMessageMoveTasks(run);

  const operations: Record<string, JsonOperation> = Object.fromEntries(
    fauxqsOperations.map((operation) => [
      operation,
      (input: JsonInput, call: AwsCall) => run(operation, input, call),
    ]),
  );
  Object.assign(operations, moveTasks.operations, {
    ReceiveMessage: (input: JsonInput, call: AwsCall) => receiveMessage(run, input, call),
    async CreateQueue(input: JsonInput, call: AwsCall) {
      const output = await run("CreateQueue", input, call);
      keepPolicy(policies, String(input["QueueName"]), input["Attributes"], call);
      return output;
    },
    async SetQueueAttributes(input: JsonInput, call: AwsCall) {
      const output = await run("SetQueueAttributes", input, call);
      keepPolicy(policies, queueNameOf(String(input["QueueUrl"])), input["Attributes"], call);
      return output;
    },
    async DeleteQueue(input: JsonInput, call: AwsCall) {
      const output = await run("DeleteQueue", input, call);
      policies.delete(queueArn(queueNameOf(String(input["QueueUrl"])), call));
      return output;
    },
    async GetQueueAttributes(input: JsonInput, call: AwsCall) {
      const { Attributes = {} } = (await run("GetQueueAttributes", input, call)) as {
        Attributes?: Record<string, string>;
      };
      // An attribute that was set to "" is no longer there.
      return {
        Attributes: Object.fromEntries(
          Object.entries(Attributes).filter(([, text]) => text !== ""),
        ),
      };
    },
    ListQueues: (input: JsonInput, call: AwsCall) => listQueues(run, input, call),
  });

  const checked = Object.fromEntries(
    Object.entries(operations).map(([operation, answer]): [string, JsonOperation] => [
      operation,
      (input, call) => {
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
    resourcePolicyOf: (arn) => policies.get(arn),
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

function keepPolicy(
  policies: Map<string, string>,
  name: string,
  attributes: unknown,
  call: AwsCall,
): void {
  const policy = (attributes as Record<string, string> | undefined)?.["Policy"];
  if (policy === "") policies.delete(queueArn(name, call));
  else if (policy !== undefined) policies.set(queueArn(name, call), policy);
}
