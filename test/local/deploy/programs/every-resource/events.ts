import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** A bus whose events go to a queue. */
export function declareEvents(
  { worker, deadLetters }: { worker: aws.lambda.Function; deadLetters: aws.sqs.Queue },
  child: pulumi.CustomResourceOptions,
): Record<string, pulumi.CustomResource> {
  const bus = new aws.cloudwatch.EventBus("bus", { description: "of a shop" }, child);
  const rule = new aws.cloudwatch.EventRule(
    "placed",
    { eventBusName: bus.name, eventPattern: JSON.stringify({ source: ["shop"] }) },
    child,
  );
  const target = new aws.cloudwatch.EventTarget(
    "placed-target",
    {
      ...{ rule: rule.name, eventBusName: bus.name, arn: worker.arn, targetId: "worker" },
      inputTransformer: { inputPaths: { id: "$.detail.id" }, inputTemplate: '{"id": <id>}' },
      retryPolicy: { maximumEventAgeInSeconds: 60, maximumRetryAttempts: 3 },
      deadLetterConfig: { arn: deadLetters.arn },
    },
    child,
  );
  new aws.cloudwatch.EventPermission(
    "putting",
    { principal: "111111111111", statementId: "putting", eventBusName: bus.name },
    child,
  );
  new aws.cloudwatch.EventBusPolicy(
    "default-bus",
    {
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: {
          ...{ Effect: "Deny", Principal: "*", Action: "events:PutEvents" },
          Resource: "arn:aws:events:eu-central-1:000000000000:event-bus/default",
        },
      }),
    },
    child,
  );
  return { bus, rule, target };
}
