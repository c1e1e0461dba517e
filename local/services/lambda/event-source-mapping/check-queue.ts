import type { ServiceCaller } from "../../../service-caller.ts";
import { AwsError } from "../../../wire/aws-error.ts";
import type { LambdaFunction } from "../lambda-function.ts";
import { QueueClient } from "./queue-client.ts";
import { invalidMapping } from "./whole-number.ts";

/** What Lambda checks of a queue before it takes it as a source. */
export async function checkQueue(
  queueArn: string,
  { configuration }: LambdaFunction,
  callService: ServiceCaller,
): Promise<void> {
  const queue = new QueueClient(callService, queueArn, configuration.roleArn);
  const attributes = await queue.attributes().catch((error: unknown) => {
    if (!(error instanceof AwsError)) throw error;
    throw invalidMapping(
      error.code === "QueueDoesNotExist"
        ? `Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: ${error.message}`
        : `The function execution role does not have permissions to call GetQueueAttributes on SQS: ${error.message}`,
    );
  });
  const visibility = Number(attributes["VisibilityTimeout"]);
  if (visibility < configuration.timeoutSeconds)
    throw invalidMapping(
      `Queue visibility timeout: ${String(visibility)} seconds is less than Function timeout: ${String(configuration.timeoutSeconds)} seconds`,
    );
}
