/**
 * Sends what it got of a stream to the queue of its environment. It throws at an item "throw…",
 * reports an item "fail…", and throws the first time at an item "once…".
 */
export const streamReporter = `
  const send = (report) => fetch(process.env.AWS_ENDPOINT_URL, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AmazonSQS.SendMessage",
      authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, Signature=0",
    },
    body: JSON.stringify({ QueueUrl: process.env.REPORTS, MessageBody: JSON.stringify(report) }),
  });
  const seen = new Set();
  export const handler = async ({ Records }) => {
    const ids = Records.map(({ dynamodb }) => dynamodb.Keys.id.S);
    const values = Records.map(({ dynamodb }) => Number(dynamodb.NewImage?.value?.N ?? -1));
    await send({ ids, values, first: Records[0] });
    if (ids.some((id) => id.startsWith("throw"))) throw new Error("as told");
    const once = ids.find((id) => id.startsWith("once") && !seen.has(id));
    if (once) { seen.add(once); throw new Error("as told, once"); }
    return { batchItemFailures: Records.filter(({ dynamodb }) => dynamodb.Keys.id.S.startsWith("fail"))
      .map(({ dynamodb }) => ({ itemIdentifier: dynamodb.SequenceNumber })) };
  };`;

/** What it says of one batch. */
export interface StreamReport {
  readonly ids: readonly string[];
  readonly values: readonly number[];
  /** The first record, as the function got it. */
  readonly first: Readonly<Record<string, unknown>>;
}
