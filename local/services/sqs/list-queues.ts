import type { AwsCall } from "../../wire/aws-call.ts";
import type { JsonInput } from "../json-service.ts";
import type { Queue } from "./queue.ts";
import type { QueueRegistry } from "./queue-registry.ts";
import { queueUrl } from "./queue-url.ts";
import { readRange } from "./read-range.ts";

const mostPerPage = 1000;

/** Queues of one region, in pages by name. Source: SQS API, ListQueues. */
export function listQueues(queues: QueueRegistry, input: JsonInput, call: AwsCall): object {
  const prefix = typeof input["QueueNamePrefix"] === "string" ? input["QueueNamePrefix"] : "";
  const found = [...queues.all].filter(
    ({ name, region }) => region === call.region && name.startsWith(prefix),
  );
  return { ...pageOf(found, "QueueUrls", input, call) };
}

/** The queues whose dead-letter queue this is. Source: SQS API, ListDeadLetterSourceQueues. */
export function listDeadLetterSourceQueues(
  queues: QueueRegistry,
  input: JsonInput,
  call: AwsCall,
): object {
  const { arn } = queues.byUrl(input["QueueUrl"], call);
  const page = pageOf(sourcesOf(queues, arn), "queueUrls", input, call);
  return { queueUrls: [], ...page };
}

export function sourcesOf(queues: QueueRegistry, deadLetterArn: string): Queue[] {
  return [...queues.all].filter(({ redrive }) => redrive?.deadLetterTargetArn === deadLetterArn);
}

function pageOf(
  found: readonly Queue[],
  member: string,
  input: JsonInput,
  call: AwsCall,
): Record<string, unknown> {
  const most = readRange("MaxResults", input, [1, mostPerPage]) ?? mostPerPage;
  const { NextToken: token } = input;
  const after = typeof token === "string" ? Buffer.from(token, "base64url").toString() : "";
  const names = found
    .map(({ name }) => name)
    .filter((name) => name > after)
    .sort();
  const page = names.slice(0, most);
  const last = page.at(-1);
  return {
    ...(page.length > 0 && { [member]: page.map((name) => queueUrl(name, call)) }),
    ...(last !== undefined &&
      page.length < names.length && { NextToken: Buffer.from(last).toString("base64url") }),
  };
}
