/** Sends what it got, and what it answers, to the queue of its environment. */
export const batchReporter = `
  const send = (batch) => fetch(process.env.AWS_ENDPOINT_URL, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AmazonSQS.SendMessage",
      authorization: "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sqs/aws4_request, Signature=0",
    },
    body: JSON.stringify({ QueueUrl: process.env.REPORTS, MessageBody: JSON.stringify(batch) }),
  });
  let running = 0;
  export const handler = async ({ Records }) => {
    running++;
    const bodies = Records.map(({ body }) => body);
    const counts = Records.map(({ attributes }) => Number(attributes.ApproximateReceiveCount));
    await send({ bodies, counts });
    if (bodies.includes("slow")) await new Promise((resolve) => setTimeout(resolve, 500));
    running--;
    if (bodies.includes("throw")) throw new Error("as told");
    return { batchItemFailures: Records.filter(({ body }) => body.startsWith("fail"))
      .map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };`;

/** What it says of one batch. */
export interface BatchReport {
  readonly bodies: readonly string[];
  readonly counts: readonly number[];
}
