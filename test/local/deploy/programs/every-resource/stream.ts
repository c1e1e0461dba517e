import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

interface StreamArgs {
  readonly table: aws.dynamodb.Table;
  readonly role: aws.iam.Role;
  readonly worker: aws.lambda.Function;
  readonly deadLetters: aws.sqs.Queue;
}

/** A table's stream feeds a function. */
export function declareStream(
  { table, role, worker, deadLetters }: StreamArgs,
  child: pulumi.CustomResourceOptions,
): Record<string, pulumi.CustomResource> {
  // Nothing orders it before the mapping.
  new aws.iam.RolePolicyAttachment(
    "stream-policy",
    {
      role: role.name,
      policyArn: "arn:aws:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole",
    },
    child,
  );
  const streamMapping = new aws.lambda.EventSourceMapping(
    "stream-mapping",
    {
      eventSourceArn: table.streamArn,
      functionName: worker.arn,
      startingPosition: "LATEST",
      batchSize: 5,
      maximumRetryAttempts: 3,
      maximumRecordAgeInSeconds: 120,
      bisectBatchOnFunctionError: true,
      parallelizationFactor: 2,
      destinationConfig: { onFailure: { destinationArn: deadLetters.arn } },
      filterCriteria: { filters: [{ pattern: JSON.stringify({ eventName: ["INSERT"] }) }] },
    },
    child,
  );
  return { streamMapping };
}
