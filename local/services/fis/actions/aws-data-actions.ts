import type { AwsActionRow } from "./aws-action-row.ts";

const streams = ["KinesisStreams", "aws:kinesis:stream"] as const;
const invocation = ["duration", "invocationPercentage?"];
const functions = ["Functions", "aws:lambda:function"] as const;

/** Actions on databases, streams, buckets, functions and alarms. Source: see `awsActionTable`. */
export const awsDataActions: readonly AwsActionRow[] = [
  {
    id: "aws:cloudwatch:assert-alarm-state",
    description: "Fails unless CloudWatch alarms are in one of the given states.",
    parameters: ["alarmArns", "alarmStates"],
  },
  {
    id: "aws:dsql:cluster-connection-failure",
    description: "Fails connections to Aurora DSQL clusters.",
    target: ["Clusters", "aws:dsql:cluster"],
    parameters: ["duration", "percentage?"],
  },
  {
    id: "aws:dynamodb:global-table-pause-replication",
    description: "Pauses the replication of DynamoDB global tables.",
    target: ["Tables", "aws:dynamodb:global-table"],
    parameters: ["duration"],
  },
  {
    // Its first name, which templates of the console's scenario library still have.
    id: "aws:elasticache:interrupt-cluster-az-power",
    description: "Interrupts the power of ElastiCache nodes in an Availability Zone.",
    target: ["ReplicationGroups", "aws:elasticache:redis-replicationgroup"],
    parameters: ["duration"],
  },
  {
    id: "aws:elasticache:replicationgroup-interrupt-az-power",
    description: "Interrupts the power of ElastiCache nodes in an Availability Zone.",
    target: ["ReplicationGroups", "aws:elasticache:replicationgroup"],
    parameters: ["duration"],
  },
  {
    id: "aws:kinesis:stream-expired-iterator-exception",
    description: "Fails GetRecords of Kinesis streams with ExpiredIteratorException.",
    target: streams,
    parameters: ["duration", "percentage"],
  },
  {
    id: "aws:kinesis:stream-provisioned-throughput-exception",
    description: "Fails calls to Kinesis streams with ProvisionedThroughputExceededException.",
    target: streams,
    parameters: ["duration", "percentage"],
  },
  {
    id: "aws:memorydb:multi-region-cluster-pause-replication",
    description: "Pauses the replication of MemoryDB multi-Region clusters.",
    target: ["MultiRegionClusters", "aws:memorydb:multi-region-cluster"],
    parameters: ["duration"],
  },
  {
    id: "aws:rds:failover-db-cluster",
    description: "Fails over Aurora DB clusters.",
    target: ["Clusters", "aws:rds:cluster"],
    parameters: [],
  },
  {
    id: "aws:rds:reboot-db-instances",
    description: "Reboots DB instances.",
    target: ["DBInstances", "aws:rds:db"],
    parameters: ["forceFailover?"],
  },
  {
    id: "aws:s3:bucket-pause-replication",
    description: "Pauses the replication of S3 buckets.",
    target: ["Buckets", "aws:s3:bucket"],
    parameters: ["duration", "region", "destinationBuckets?", "prefixes?"],
  },
  {
    id: "aws:lambda:invocation-add-delay",
    description: "Delays the start of functions.",
    target: functions,
    parameters: [...invocation, "startupDelayMilliseconds?"],
  },
  {
    id: "aws:lambda:invocation-error",
    description: "Fails invocations of functions.",
    target: functions,
    parameters: [...invocation, "preventExecution"],
  },
  {
    id: "aws:lambda:invocation-http-integration-response",
    description: "Answers for functions behind an HTTP integration.",
    target: functions,
    parameters: [...invocation, "preventExecution", "statusCode", "contentTypeHeader"],
  },
];
