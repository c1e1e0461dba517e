import type { AwsCall } from "../../wire/aws-call.ts";

/** Name of the queue that a queue URL or ARN is of. */
export function queueNameOf(urlOrArn: string): string {
  return urlOrArn.slice(Math.max(urlOrArn.lastIndexOf("/"), urlOrArn.lastIndexOf(":")) + 1);
}

export function queueArn(name: string, { region, accountId }: AwsCall): string {
  return `arn:aws:sqs:${region}:${accountId}:${name}`;
}

/**
 * The URL that a client gets: on the host by which it reached the endpoint, because SDKs send to a
 * queue's URL and a host name of its own would need DNS.
 */
export function queueUrl(name: string, { request, accountId }: AwsCall): string {
  return `http://${request.headers.host ?? "localhost"}/${accountId}/${name}`;
}
