import * as aws from "@pulumi/aws";
import type { PolicyResource } from "@pulumi/policy";
import { follow, ofClass } from "./find.ts";
import type { LambdaFunction } from "./queues.ts";
import { ifKnown } from "./unknown.ts";

/**
 * What Lambda calls with a function's role to feed it. Source: Lambda Developer Guide, "Execution
 * role", AWSLambda{SQSQueue,DynamoDB,Kinesis}ExecutionRole.
 */
const FEEDING =
  /^(sqs:(ReceiveMessage|DeleteMessage|GetQueueAttributes)|(dynamodb|kinesis):(DescribeStream(Summary)?|GetRecords|GetShardIterator|List(Shards|Streams)|SubscribeToShard))$/i;
/** Lambda writes a function's logs and traces. */
const REPORTING = ["logs", "xray"];
/** Where FIS's extension reads its faults, in the environment of a function that carries it. */
const EXTENSION_VARIABLE = "AWS_FIS_CONFIGURATION_LOCATION";

/** @returns whether a function itself calls a service, and not Lambda or FIS's extension for it. */
export function callsItself(fn: LambdaFunction): (service: string) => boolean {
  const hasExtension = ifKnown(() => EXTENSION_VARIABLE in (fn.props.environment?.variables ?? {}));
  return (service) => !REPORTING.includes(service) && !(service === "s3" && hasExtension !== false);
}

/** @returns the actions among those of a function's role for which the function itself waits. */
export function awaitedActions(
  resources: readonly PolicyResource[],
  fn: LambdaFunction,
  actions: readonly string[],
): string[] {
  const calls = callsItself(fn);
  const isFed = ofClass(resources, aws.lambda.EventSourceMapping).some(
    ({ resource: from, props }) =>
      follow(resources, {
        from,
        property: "functionName",
        value: ifKnown(() => props.functionName),
        to: aws.lambda.Function,
      })?.resource === fn.resource,
  );
  return actions.filter(
    (action) => calls(action.split(":")[0] ?? "") && !(isFed && FEEDING.test(action)),
  );
}
