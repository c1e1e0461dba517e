import { expect } from "chai";
import { find, statementsOf } from "./support/find-resource.ts";
import { type ProgramRun, runProgram } from "./support/run-program.ts";

const SQS = "arn:aws:sqs:us-east-1:000000000000";
const TOPIC_ARN = "arn:aws:sns:us-east-1:000000000000:ProductEventsTopic";

describe("WriteBuffer", function () {
  this.timeout(10_000);

  let run: ProgramRun;

  before(async () => {
    run = await runProgram();
  });

  it("declares the queues, the topic and the subscription between them", () => {
    expect(find(run, "write-buffer-dead-letter-queue").inputs).to.deep.equal({
      name: "ProductEventsDeadLetterQueue",
      messageRetentionSeconds: 1_209_600,
    });
    expect(find(run, "write-buffer-queue").inputs).to.deep.equal({
      name: "ProductEventsQueue",
      messageRetentionSeconds: 345_600,
      visibilityTimeoutSeconds: 60,
      redrivePolicy: JSON.stringify({
        deadLetterTargetArn: `${SQS}:ProductEventsDeadLetterQueue`,
        maxReceiveCount: 1_000,
      }),
    });
    expect(find(run, "write-buffer-topic").inputs).to.deep.equal({ name: "ProductEventsTopic" });
    expect(find(run, "write-buffer-subscription").inputs).to.deep.equal({
      topic: TOPIC_ARN,
      protocol: "sqs",
      endpoint: `${SQS}:ProductEventsQueue`,
      rawMessageDelivery: true,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: `${SQS}:ProductEventsDeadLetterQueue` }),
    });
    for (const [policy, queue] of [
      ["write-buffer-queue-policy", "ProductEventsQueue"],
      ["write-buffer-dead-letter-queue-policy", "ProductEventsDeadLetterQueue"],
    ] as const)
      expect(statementsOf(run, policy)).to.deep.equal([
        {
          Effect: "Allow",
          Principal: { Service: "sns.amazonaws.com" },
          Action: "sqs:SendMessage",
          Resource: `${SQS}:${queue}`,
          Condition: { ArnEquals: { "aws:SourceArn": TOPIC_ARN } },
        },
      ]);
    expect(find(run, "write-buffer-mapping").inputs).to.deep.equal({
      eventSourceArn: `${SQS}:ProductEventsQueue`,
      functionName: "arn:aws:lambda:us-east-1:000000000000:process-product-events",
      batchSize: 10,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: 10 },
    });
  });
});
