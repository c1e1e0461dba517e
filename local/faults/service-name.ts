/**
 * Services whose SigV4 signing name is not what their SDK client, CLI command or users call them.
 * Source: endpoint metadata of the AWS service models.
 */
const signingNames: Record<string, string> = {
  "api-gateway": "apigateway",
  apigatewayv2: "apigateway",
  apigatewaymanagementapi: "execute-api",
  amp: "aps",
  cloudwatch: "monitoring",
  "cloudwatch-logs": "logs",
  cloudwatchlogs: "logs",
  docdb: "rds",
  dynamodbstreams: "dynamodb",
  "dynamodb-streams": "dynamodb",
  ddb: "dynamodb",
  efs: "elasticfilesystem",
  elb: "elasticloadbalancing",
  elbv2: "elasticloadbalancing",
  emr: "elasticmapreduce",
  eventbridge: "events",
  keyspaces: "cassandra",
  mwaa: "airflow",
  neptune: "rds",
  opensearch: "es",
  pinpoint: "mobiletargeting",
  resourcegroupstaggingapi: "tagging",
  s3control: "s3",
  "service-quotas": "servicequotas",
  sesv2: "ses",
  sfn: "states",
  "step-functions": "states",
  stepfunctions: "states",
};

/**
 * The SigV4 signing name of a service, from its signing name, the name of its SDK client or its CLI
 * command, in any case of letters. A name that is not known stays as it is, in lower case.
 */
export function toSigningName(name: string): string {
  const lower = name.toLowerCase();
  return Object.hasOwn(signingNames, lower) ? (signingNames[lower] ?? lower) : lower;
}
