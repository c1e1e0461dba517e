import { AwsError } from "../../wire/aws-error.ts";
import type { JsonInput } from "../json-service.ts";
import { longestVisibilitySeconds } from "./receive-message.ts";
import type { Queue } from "./queue.ts";
import { readReceiptHandle, type Receipt } from "./store/receipt-handle.ts";
import { queueNowMs, type StoredMessage } from "./store/stored-message.ts";

/** DeleteMessage, or an entry of a batch. A message that is gone is deleted successfully. */
export function deleteReceived(queue: Queue, input: JsonInput): void {
  const handle = handleOf(input);
  const receipt = readHandle(queue, handle);
  queue.listener.deleted();
  const message = queue.messages.find(receipt.messageId);
  if (!message) return;
  if (queue.isFifo && !isCurrent(message, receipt))
    throw invalidHandle(handle, "The receipt handle has expired.");
  queue.messages.remove(message);
}

/** ChangeMessageVisibility, or an entry of a batch. */
export function changeVisibility(queue: Queue, input: JsonInput): void {
  const seconds = input["VisibilityTimeout"];
  if (typeof seconds !== "number")
    throw new AwsError(
      "MissingParameter",
      "The request must contain the parameter VisibilityTimeout.",
    );
  if (seconds < 0 || seconds > longestVisibilitySeconds)
    throw new AwsError(
      "InvalidParameterValue",
      `Value ${String(seconds)} for parameter VisibilityTimeout is invalid. Reason: VisibilityTimeout must be an integer between 0 and ${String(longestVisibilitySeconds)}.`,
    );
  const handle = handleOf(input);
  const receipt = readHandle(queue, handle);
  const message = queue.messages.find(receipt.messageId);
  if (queue.isFifo && message && !isCurrent(message, receipt))
    throw invalidHandle(handle, "The receipt handle has expired.");
  if (message?.state !== "in flight")
    throw invalidHandle(
      handle,
      "Message does not exist or is not available for visibility timeout change.",
    );
  const soFarMs = queueNowMs() - (message.lastReceivedMs ?? queueNowMs());
  if (soFarMs + seconds * 1000 > longestVisibilitySeconds * 1000)
    throw new AwsError(
      "InvalidParameterValue",
      `Value ${String(seconds)} for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the message is beyond the limit [${String(longestVisibilitySeconds)} seconds].`,
    );
  queue.messages.hideFor(message, seconds * 1000);
}

/** Whether nobody has received the message since, and it is still in flight. */
function isCurrent(message: StoredMessage, { receives }: Receipt): boolean {
  return message.state === "in flight" && message.receives === receives;
}

function handleOf({ ReceiptHandle: handle }: JsonInput): string {
  if (typeof handle === "string" && handle !== "") return handle;
  throw new AwsError("MissingParameter", "The request must contain the parameter ReceiptHandle.");
}

function readHandle(queue: Queue, handle: string): Receipt {
  const receipt = readReceiptHandle(queue.arn, handle);
  if (receipt) return receipt;
  throw new AwsError(
    "ReceiptHandleIsInvalid",
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
  );
}

function invalidHandle(handle: string, reason: string): AwsError {
  return new AwsError(
    "InvalidParameterValue",
    `Value ${handle} for parameter ReceiptHandle is invalid. Reason: ${reason}`,
  );
}
