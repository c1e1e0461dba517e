import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";

const dynamodb = new DynamoDBClient({ maxAttempts: 2 });

/**
 * Writes the row of a stored document, unless a later one of the same name has been written: S3 does not
 * keep the order of its events, but numbers those of one key.
 */
export async function writeRow({ s3: { object } }) {
  try {
    await dynamodb.send(
      new UpdateItemCommand({
        TableName: process.env.TABLE,
        Key: { name: { S: decodeURIComponent(object.key.replaceAll("+", " ")) } },
        UpdateExpression: "SET etag = :etag, #size = :size, sequencer = :sequencer",
        ConditionExpression: "attribute_not_exists(sequencer) OR sequencer < :sequencer",
        // A word of DynamoDB's own.
        ExpressionAttributeNames: { "#size": "size" },
        ExpressionAttributeValues: {
          ":etag": { S: object.eTag },
          ":size": { N: String(object.size) },
          ":sequencer": { S: object.sequencer.padStart(32, "0") },
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
}
