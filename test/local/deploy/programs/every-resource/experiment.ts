import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

interface On {
  table: aws.dynamodb.Table;
  role: aws.iam.Role;
  logGroup: aws.cloudwatch.LogGroup;
  deadLetters: aws.sqs.Queue;
}

/** The resources of an experiment of AWS's own actions. */
export function declareExperiment(
  { table, role, logGroup, deadLetters }: On,
  child: pulumi.CustomResourceOptions,
): Record<string, pulumi.CustomResource> {
  const tablePolicy = new aws.dynamodb.ResourcePolicy(
    "table-policy",
    {
      resourceArn: table.arn,
      policy: pulumi.jsonStringify({
        Version: "2012-10-17",
        Statement: [
          { Effect: "Deny", Principal: "*", Action: "dynamodb:DeleteItem", Resource: table.arn },
        ],
      }),
    },
    child,
  );
  const alarm = new aws.cloudwatch.MetricAlarm(
    "alarm",
    {
      name: "dead-letters",
      namespace: "AWS/SQS",
      metricName: "ApproximateNumberOfMessagesVisible",
      dimensions: { QueueName: deadLetters.name },
      statistic: "Maximum",
      period: 60,
      evaluationPeriods: 2,
      comparisonOperator: "GreaterThanThreshold",
      threshold: 0,
      treatMissingData: "notBreaching",
    },
    child,
  );
  const runbook = new aws.ssm.Document(
    "runbook",
    {
      name: "hold",
      documentType: "Automation",
      documentFormat: "YAML",
      content:
        "{schemaVersion: '0.3', mainSteps: [{name: Hold, action: 'aws:sleep', inputs: {Duration: PT1S}}]}",
      tags: { team: "red" },
    },
    child,
  );
  const experiment = new aws.fis.ExperimentTemplate(
    "experiment",
    {
      description: "Holds",
      roleArn: role.arn,
      stopConditions: [{ source: "aws:cloudwatch:alarm", value: alarm.arn }],
      experimentOptions: { emptyTargetResolutionMode: "skip" },
      logConfiguration: {
        logSchemaVersion: 2,
        cloudwatchLogsConfiguration: { logGroupArn: logGroup.arn },
      },
      targets: [
        {
          name: "workers",
          resourceType: "aws:lambda:function",
          resourceTags: [{ key: "team", value: "red" }],
          selectionMode: "COUNT(1)",
        },
      ],
      actions: [
        {
          name: "hold",
          actionId: "aws:ssm:start-automation-execution",
          parameters: [
            { key: "documentArn", value: runbook.arn },
            { key: "maxDuration", value: "PT1M" },
          ],
        },
        {
          name: "delay",
          actionId: "aws:lambda:invocation-add-delay",
          startAfters: ["hold"],
          target: { key: "Functions", value: "workers" },
          parameters: [{ key: "duration", value: "PT1M" }],
        },
      ],
      tags: { team: "red" },
    },
    child,
  );
  return { tablePolicy, alarm, runbook, experiment };
}
