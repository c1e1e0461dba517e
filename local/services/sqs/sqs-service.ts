import { isUtf8 } from "node:buffer";
import { serveInput } from "../../members/serve-input.ts";
import { AwsError } from "../../wire/aws-error.ts";
import { isUtf8Form } from "../../wire/utf8-form.ts";
import { jsonService, type JsonOperation } from "../json-service.ts";
import type { AwsService } from "../aws-service.ts";
import type { QueueProbe } from "../cloudwatch/queue-metrics.ts";
import type { QueueTraffic } from "../cloudwatch/queue-traffic.ts";
import { checkInput } from "./check-input.ts";
import { listDeadLetterSourceQueues, listQueues } from "./list-queues.ts";
import { createMessageMoveTasks } from "./message-move-tasks.ts";
import { createQueueOperations } from "./queue-operations.ts";
import type { QueueListener } from "./queue.ts";
import { createQueueProbe } from "./queue-probe.ts";
import { QueueRegistry } from "./queue-registry.ts";
import { createQueueTags } from "./queue-tags.ts";
import { readForm } from "../query-service.ts";
import { readQuery } from "./query/read-query.ts";
import { writeQuery } from "./query/write-query.ts";
import { receiveMessage } from "./receive-message.ts";
import { createReceivedOperations } from "./received-operations.ts";
import { createSendMessage } from "./send-message.ts";

/** Of the query protocol, which older clients speak. */
const version = "2012-11-05";

export interface SqsService extends AwsService {
  /** Policy of a queue, as its JSON text. */
  resourcePolicyOf(queueArn: string): string | undefined;
  readonly probe: QueueProbe;
}

/**
 * SQS, with everything in memory.
 *
 * @param record takes what calls do to the queues
 */
export function createSqsService(record: (traffic: QueueTraffic) => void): SqsService {
  const queues = new QueueRegistry();
  const moveTasks = createMessageMoveTasks(queues);

  const operations: Record<string, JsonOperation> = {
    ...createQueueOperations(queues, (region, queueName) => listenerOf(region, queueName, record)),
    ...createQueueTags(queues),
    ...createSendMessage(queues),
    ...createReceivedOperations(queues),
    ...moveTasks.operations,
    ReceiveMessage: (input, call) => receiveMessage(queues, input, call),
    ListQueues: (input, call) => listQueues(queues, input, call),
    ListDeadLetterSourceQueues: (input, call) => listDeadLetterSourceQueues(queues, input, call),
  };

  const checked = Object.fromEntries(
    Object.entries(operations).map(([operation, answer]): [string, JsonOperation] => [
      operation,
      (input, call) => {
        checkInput(operation, input);
        return answer(input, call);
      },
    ]),
  );
  const json = jsonService("sqs", checked, { targetPrefix: "AmazonSQS", protocol: "json-1.0" });
  return {
    ...json,
    identify(request) {
      const found = json.identify(request);
      if (found || request.headers["x-amz-target"] !== undefined) return found;
      const { Action, Version = version } = readForm(request);
      if (Action === undefined || Version !== version) return undefined;
      return Object.hasOwn(operations, Action)
        ? { operation: Action, protocol: "query" }
        : undefined;
    },
    async handle(call) {
      const { operation, request } = call;
      const isQuery = call.protocol === "query";
      if (isQuery ? !isUtf8Form(request) : !isUtf8(request.body))
        throw new AwsError("SerializationException", "The request body must be UTF-8.");
      if (!isQuery) return json.handle(call);
      const input = serveInput(call, readQuery(operation, readForm(request), request.path));
      return writeQuery(call, await checked[operation]?.(input, call));
    },
    resourcePolicyOf: (arn) => queues.byArn(arn)?.attributes.get("Policy"),
    probe: createQueueProbe(queues),
    close: () => moveTasks.close(),
  };
}

function listenerOf(
  region: string,
  queueName: string,
  record: (traffic: QueueTraffic) => void,
): QueueListener {
  return {
    sent(bytes) {
      record({ region, queueName, metric: "NumberOfMessagesSent", value: 1 });
      record({ region, queueName, metric: "SentMessageSize", value: bytes });
    },
    received(messages) {
      const isEmpty = messages === 0;
      const metric = isEmpty ? "NumberOfEmptyReceives" : "NumberOfMessagesReceived";
      record({ region, queueName, metric, value: isEmpty ? 1 : messages });
    },
    deleted() {
      record({ region, queueName, metric: "NumberOfMessagesDeleted", value: 1 });
    },
  };
}
