import { expect } from "chai";
import { retryDelaySeconds } from "../../../packages/write-buffer/src/runtime/retry-policy.ts";
import { TIME_BUDGET } from "../../../functions/shared/time-budget.ts";

describe("TIME_BUDGET", () => {
  const { dynamodb, sns, sqs, functions } = TIME_BUDGET;
  const waitsMs = {
    "add-product": dynamodb.deadlineMs + sns.deadlineMs,
    "get-product": dynamodb.deadlineMs,
    "process-product-events": dynamodb.deadlineMs + sqs.deadlineMs + sqs.deadlineMs,
  };

  for (const [name, { timeoutSeconds }] of Object.entries(functions))
    it(`fits the waits of ${name} into its timeout, and that into API Gateway's`, () => {
      expect(waitsMs[name as keyof typeof waitsMs]).to.be.below(timeoutSeconds * 1_000);
      expect(timeoutSeconds).to.be.below(TIME_BUDGET.apiGatewayTimeoutSeconds);
    });

  for (const budget of [dynamodb, sns, sqs])
    it(`leaves every attempt its time within ${budget.deadlineMs} ms`, () => {
      expect(budget.maxAttempts * budget.requestTimeoutMs).to.be.below(budget.deadlineMs);
    });

  it("answers a POST within 3 s when DynamoDB does not answer and SNS uses all its time", () => {
    expect(dynamodb.deadlineMs + sns.deadlineMs).to.be.below(3_000);
  });

  it("keeps a batch within one ChangeMessageVisibilityBatch, which takes 10", () => {
    expect(TIME_BUDGET.batchSize).to.be.at.most(10);
  });

  it("keeps a message in the dead-letter queue longer than in the queue", () => {
    expect(TIME_BUDGET.deadLetterQueueRetentionSeconds).to.be.above(
      TIME_BUDGET.queueRetentionSeconds,
    );
  });

  it("outlasts an outage of the whole retention before the receives run out", () => {
    let receives = 0;
    let elapsedSeconds = 0;
    while (elapsedSeconds < TIME_BUDGET.queueRetentionSeconds)
      elapsedSeconds += retryDelaySeconds(++receives, TIME_BUDGET.retryDelay);
    expect(receives).to.be.below(600);
    expect(receives).to.be.below(TIME_BUDGET.maxReceiveCount);
  });
});

describe("retryDelaySeconds", () => {
  it("doubles from 1 s up to 10 minutes", () => {
    expect(
      [1, 2, 3, 10, 11, 900].map((count) => retryDelaySeconds(count, TIME_BUDGET.retryDelay)),
    ).to.deep.equal([1, 2, 4, 512, 600, 600]);
  });

  it("takes a receive count that is missing for the first", () => {
    expect(retryDelaySeconds(0, TIME_BUDGET.retryDelay)).to.equal(1);
  });
});
