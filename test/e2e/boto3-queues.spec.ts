import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { startCloud } from "../../local/cloud.ts";
import { runProcess } from "./support/run-process.ts";

const script = fileURLToPath(new URL("support/boto3-queues.py", import.meta.url));

describe("boto3 at queues and topics", function () {
  this.timeout(60_000);

  it("gets what it sent, the subscription that it has, and SQS's own errors", async function () {
    const found = await runProcess("python3", ["-c", "import boto3"]);
    if (found.exitCode !== 0) {
      console.log(
        "      boto3 is not here (python3 -c 'import boto3' fails), so nothing is tried.",
      );
      this.skip();
    }
    const cloud = await startCloud();
    try {
      const input = JSON.stringify({ endpoint: cloud.endpoint });
      const { exitCode, stdout, stderr } = await runProcess("python3", [script], { input });
      expect(exitCode, stderr).to.equal(0);
      const redrive =
        '{"deadLetterTargetArn": "arn:aws:sqs:us-east-1:000000000000:missing", "maxReceiveCount": 1}';
      expect(JSON.parse(stdout)).to.deep.equal({
        sent: ["a 🎁", "🎁", true],
        published: ["a 🎁", "🎁", true],
        "same subscription": true,
        "another subscription": [
          "InvalidParameter",
          400,
          "Invalid parameter: Attributes Reason: Subscription already exists with different attributes",
        ],
        "no such dead-letter queue": [
          "InvalidParameterValue",
          400,
          `Value ${redrive} for parameter RedrivePolicy is invalid. Reason: Dead letter target does not exist.`,
        ],
        "other settings": [
          "QueueAlreadyExists",
          400,
          "A queue already exists with the same name and a different value for attribute DelaySeconds",
        ],
        "control character": [
          "InvalidMessageContents",
          400,
          "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
        ],
      });
    } finally {
      await cloud.close();
    }
  });
});
