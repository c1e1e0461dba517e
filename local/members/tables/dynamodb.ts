import type { OperationMembers, ServiceMembers } from "../member-table.ts";

/*
 * Attribute values are data: their shape, `AttributeValue`, is told apart as a whole.
 */
const ofTable: OperationMembers = { honours: "TableName" };
const ofResource: OperationMembers = { honours: "ResourceArn" };
const reports = "ReturnConsumedCapacity";
const names = "ExpressionAttributeNames";
const condition = `ConditionExpression ${names} ExpressionAttributeValues
  Expected{}(Value Exists ComparisonOperator AttributeValueList) ConditionalOperator
  ReturnValues ReturnValuesOnConditionCheckFailure`;
const write = `TableName ${condition} ${reports}`;
const part = `TableName ConditionExpression ${names} ExpressionAttributeValues
  ReturnValuesOnConditionCheckFailure`;
const reportOnly = { "report-only": "ReturnItemCollectionMetrics" };
const read = `TableName IndexName Select AttributesToGet Limit ConsistentRead ConditionalOperator
  ExclusiveStartKey ${reports} ProjectionExpression FilterExpression ${names}
  ExpressionAttributeValues`;
const filter = "(ComparisonOperator AttributeValueList)";

const keys = "KeySchema(AttributeName KeyType)";
const index = `IndexName ${keys} Projection(ProjectionType NonKeyAttributes)`;
const capacity = "ProvisionedThroughput(ReadCapacityUnits WriteCapacityUnits)";
const settings = `SSESpecification(Enabled KMSMasterKeyId) TableClass
  DeletionProtectionEnabled WarmThroughput(ReadUnitsPerSecond WriteUnitsPerSecond)`;
const attributes = "AttributeDefinitions(AttributeName AttributeType)";
const definition = `TableName BillingMode ${capacity} ${settings}
  StreamSpecification(StreamEnabled StreamViewType)`;
/** -1 is without a limit, which is what a table has here. */
const onDemand = "OnDemandThroughput(MaxReadRequestUnits=-1 MaxWriteRequestUnits=-1)";
const refused = `${onDemand} SSESpecification(SSEType=KMS) GlobalTableSettingsReplicationMode=DISABLED`;

/** Source: DynamoDB API 2012-08-10. */
export const dynamodbMembers: ServiceMembers = {
  PutItem: { honours: `${write} Item`, ignores: reportOnly },
  UpdateItem: {
    honours: `${write} Key AttributeUpdates{}(Value Action) UpdateExpression`,
    ignores: reportOnly,
  },
  DeleteItem: { honours: `${write} Key`, ignores: reportOnly },
  GetItem: {
    honours: `TableName Key AttributesToGet ConsistentRead ${reports} ProjectionExpression ${names}`,
  },
  BatchGetItem: {
    honours: `RequestItems{}(Keys AttributesToGet ConsistentRead ProjectionExpression ${names})
      ${reports}`,
  },
  BatchWriteItem: {
    honours: `RequestItems{}(PutRequest(Item) DeleteRequest(Key)) ${reports}`,
    ignores: reportOnly,
  },
  TransactGetItems: {
    honours: `TransactItems(Get(TableName Key ProjectionExpression ${names})) ${reports}`,
  },
  TransactWriteItems: {
    honours: `TransactItems(Put(Item ${part}) Update(Key UpdateExpression ${part}) Delete(Key ${part})
      ConditionCheck(Key ${part})) ClientRequestToken ${reports}`,
    ignores: reportOnly,
  },
  Query: {
    honours: `${read} KeyConditions{}${filter} QueryFilter{}${filter} ScanIndexForward
      KeyConditionExpression`,
  },
  Scan: { honours: `${read} ScanFilter{}${filter} TotalSegments Segment` },
  CreateTable: {
    honours: `${definition} ${attributes} ${keys} LocalSecondaryIndexes(${index})
      GlobalSecondaryIndexes(${index} ${capacity}) Tags(Key Value) ResourcePolicy`,
    refuses: `${refused} GlobalTableSourceArn VectorIndexes
      GlobalSecondaryIndexes(${onDemand} WarmThroughput)`,
  },
  UpdateTable: {
    honours: `${definition} GlobalSecondaryIndexUpdates(Update(IndexName ${capacity}))`,
    refuses: `${refused} ReplicaUpdates MultiRegionConsistency GlobalTableWitnessUpdates
      DisassociationProtectionEnabled=false VectorIndexUpdates
      GlobalSecondaryIndexUpdates(Create Delete Update(${onDemand} WarmThroughput))`,
    // They are for an index that is created.
    ignores: { "aws-ignores-it": attributes },
  },
  DescribeTable: ofTable,
  DeleteTable: ofTable,
  ListTables: { honours: "ExclusiveStartTableName Limit" },
  DescribeTimeToLive: ofTable,
  UpdateTimeToLive: { honours: "TableName TimeToLiveSpecification(Enabled AttributeName)" },
  DescribeContinuousBackups: ofTable,
  UpdateContinuousBackups: {
    honours: `TableName
      PointInTimeRecoverySpecification(PointInTimeRecoveryEnabled RecoveryPeriodInDays)`,
  },
  PutResourcePolicy: {
    honours: "ResourceArn Policy ExpectedRevisionId",
    // Access is not checked against it: a caller cannot lock itself out.
    ignores: { "nothing-is-locked": "ConfirmRemoveSelfResourceAccess" },
  },
  GetResourcePolicy: ofResource,
  DeleteResourcePolicy: { honours: "ResourceArn ExpectedRevisionId" },
  TagResource: { honours: "ResourceArn Tags(Key Value)" },
  UntagResource: { honours: "ResourceArn TagKeys" },
  // A table has 50 tags at most, and a page of AWS's ten: no token is ever answered here.
  ListTagsOfResource: { honours: "ResourceArn", refuses: "NextToken" },
  // DynamoDB Streams, which has the same version and signing name.
  ListStreams: { honours: "TableName Limit ExclusiveStartStreamArn" },
  DescribeStream: {
    honours: "StreamArn Limit ExclusiveStartShardId",
    refuses: "ShardFilter(Type ShardId)",
  },
  GetShardIterator: { honours: "StreamArn ShardId ShardIteratorType SequenceNumber" },
  GetRecords: { honours: "ShardIterator Limit" },
};
