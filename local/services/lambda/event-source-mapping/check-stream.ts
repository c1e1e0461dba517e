import type { ServiceCaller } from "../../../service-caller.ts";
import { AwsError } from "../../../wire/aws-error.ts";
import type { LambdaFunction } from "../lambda-function.ts";
import { StreamClient } from "./stream-client.ts";
import { invalidMapping } from "./whole-number.ts";

/** What Lambda checks of a stream before it takes it as a source: whether the role can read it. */
export async function checkStream(
  streamArn: string,
  { configuration }: LambdaFunction,
  callService: ServiceCaller,
): Promise<void> {
  const stream = new StreamClient(callService, streamArn, configuration.roleArn);
  try {
    await stream.records(await stream.iterator(undefined), 1);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw invalidMapping(
      error.code === "ResourceNotFoundException"
        ? `Stream not found: ${streamArn}`
        : `Cannot access stream ${streamArn}. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, and ListStreams Actions on your stream in IAM. ${error.message}`,
    );
  }
}
