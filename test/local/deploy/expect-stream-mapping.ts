import { GetEventSourceMappingCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import type { clientSettings } from "../../support/client-settings.ts";

/** The mapping of a stream that the program every-resource has. */
export async function expectStreamMapping(
  settings: ReturnType<typeof clientSettings>,
  output: (resource: string, name: string) => string,
): Promise<void> {
  const client = new LambdaClient(settings);
  const streamArn = output("table", "streamArn");
  expect(streamArn).to.match(/:table\/orders\/stream\/./);
  const mapping = await client.send(
    new GetEventSourceMappingCommand({ UUID: output("streamMapping", "uuid") }),
  );
  expect(mapping).to.deep.include({
    ...{ EventSourceArn: streamArn, StartingPosition: "LATEST", BatchSize: 5 },
    ...{ MaximumRetryAttempts: 3, MaximumRecordAgeInSeconds: 120, ParallelizationFactor: 2 },
    ...{ BisectBatchOnFunctionError: true, State: "Enabled" },
    DestinationConfig: { OnFailure: { Destination: output("deadLetters", "arn") } },
    FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
  });
}
