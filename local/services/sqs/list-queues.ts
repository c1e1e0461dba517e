import { AwsError } from "../../wire/aws-error.ts";
import type { AwsCall } from "../../wire/aws-call.ts";
import type { JsonInput } from "../json-service.ts";
import { queueNameOf, toClientUrl } from "./queue-url.ts";

type Run = (operation: string, input: JsonInput, call: AwsCall) => Promise<object>;

/** Queues of one region, in pages: fauxqs lists those of all regions. Source: SQS API, ListQueues. */
export async function listQueues(run: Run, input: JsonInput, call: AwsCall): Promise<object> {
  const { MaxResults, NextToken, ...filter } = input;
  if (typeof MaxResults === "number" && (MaxResults < 1 || MaxResults > 1000))
    throw new AwsError("InvalidParameterValue", "MaxResults must be from 1 to 1000.");
  const output = (await run("ListQueues", filter, call)) as { QueueUrls?: string[] };
  const urls = (output.QueueUrls ?? []).filter((url) =>
    url.startsWith(`http://sqs.${call.region}.`),
  );
  const after = typeof NextToken === "string" ? Buffer.from(NextToken, "base64url").toString() : "";
  const rest = urls.filter((url) => queueNameOf(url).localeCompare(after) > 0);
  const page = rest.slice(0, typeof MaxResults === "number" ? MaxResults : 1000);
  const last = page.at(-1);
  return {
    QueueUrls: page.map((url) => toClientUrl(url, call)),
    ...(last !== undefined &&
      page.length < rest.length && {
        NextToken: Buffer.from(queueNameOf(last)).toString("base64url"),
      }),
  };
}
