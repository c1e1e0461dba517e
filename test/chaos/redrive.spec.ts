import { SNSClient } from "@aws-sdk/client-sns";
import { ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { awsClients } from "../../chaos/harness/aws-clients.ts";
import { deadLetters } from "../../chaos/probes/dead-letters.ts";
import { queueDepth } from "../../chaos/probes/queue-depth.ts";
import { redriveQueue } from "../../chaos/redrive-queue.ts";
import { startCloud } from "../../local/cloud.ts";
import { createQueues } from "./support/create-queues.ts";
import { runScript } from "./support/run-script.ts";

const region = "us-east-1";

describe("npm run redrive", function () {
  this.timeout(60_000);

  it("moves every dead letter back to the queue and says how many", async () => {
    await withCloud(async ({ endpoint, clients, queues }) => {
      const bodies = Array.from({ length: 25 }, (_, index) => `letter ${String(index)}`);
      for (const MessageBody of bodies)
        await clients.sqs.send(
          new SendMessageCommand({ QueueUrl: queues.deadLetterQueueUrl, MessageBody }),
        );
      const run = await runScript("chaos/redrive.ts", ["--endpoint", endpoint]);
      expect(run).to.deep.equal({
        code: 0,
        stdout: "Moved 25 messages from the dead-letter queue back to the queue.\n",
        stderr: "",
      });
      expect((await queueDepth(clients.sqs, queues.deadLetterQueueUrl)).visible).to.equal(0);
      const moved = await deadLetters(clients.sqs, queues.queueUrl, { deadlineMs: 20_000 });
      expect(moved.map(({ body }) => body).sort()).to.deep.equal(bodies.sort());
      expect(await queueDepth(clients.sqs, queues.queueUrl)).to.deep.equal({
        visible: 25,
        inFlight: 0,
        delayed: 0,
      });
    });
  });

  it("says so when there is nothing to move", async () => {
    await withCloud(async ({ endpoint }) => {
      const run = await runScript("chaos/redrive.ts", ["--endpoint", endpoint]);
      expect(run.code).to.equal(0);
      expect(run.stdout).to.equal("The dead-letter queue is empty; nothing to move.\n");
    });
  });

  it("takes the queues from the stack's outputs", async () => {
    await withCloud(async ({ clients, queues }) => {
      await clients.sqs.send(
        new SendMessageCommand({ QueueUrl: queues.deadLetterQueueUrl, MessageBody: "letter" }),
      );
      const moved = await redriveQueue(clients.sqs, {
        urls: {
          productEventsQueueUrl: queues.queueUrl,
          productEventsDeadLetterQueueUrl: queues.deadLetterQueueUrl,
        },
        deadlineMs: 20_000,
      });
      expect(moved).to.equal(1);
      const { Messages } = await clients.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: queues.queueUrl }),
      );
      expect(Messages?.[0]?.Body).to.equal("letter");
    });
  });

  it("says in one sentence why it cannot, and exits with 3", async () => {
    const cloud = await startCloud();
    const directory = await mkdtemp(join(tmpdir(), "redrive-"));
    const notJson = join(directory, "outputs.json");
    await writeFile(notJson, '{"region": "us-east-1"}');
    const cases: [string[], RegExp][] = [
      [["--endpoint", cloud.endpoint], /^There is no queue ProductEventsDeadLetterQueue; deploy/],
      [
        ["--endpoint", "http://127.0.0.1:1"],
        /^Nothing answers at http:\/\/127.0.0.1:1 .*npm run cloud/,
      ],
      [["--endpoint", "localhost"], /^--endpoint "localhost" is not a URL such as/],
      [
        ["--outputs", join(directory, "none")],
        /^Cannot read stack outputs from .*pulumi stack output/,
      ],
      [
        ["--outputs", notJson],
        /^The stack outputs in .* are not of this program \(output productApiUrl is missing\); /,
      ],
      [["--queue", "x"], /^Unknown option '--queue'; npm run redrive -- --help lists the options/],
    ];
    try {
      for (const [args, sentence] of cases) {
        const run = await runScript("chaos/redrive.ts", args);
        expect(run.code, args.join(" ")).to.equal(3);
        expect(run.stderr).to.match(sentence);
        expect(run.stderr.trim()).not.to.include("\n");
      }
    } finally {
      await cloud.close();
      await rm(directory, { recursive: true });
    }
  });
});

interface Bench {
  readonly endpoint: string;
  readonly clients: ReturnType<typeof awsClients>;
  readonly queues: Awaited<ReturnType<typeof createQueues>>;
}

async function withCloud(use: (bench: Bench) => Promise<void>): Promise<void> {
  const cloud = await startCloud();
  const { endpoint } = cloud;
  const clients = awsClients({ endpoint, region });
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const sns = new SNSClient({ endpoint, region, credentials });
  try {
    const queues = await createQueues(clients.sqs, sns);
    await use({ endpoint, clients, queues });
  } finally {
    sns.destroy();
    clients.close();
    await cloud.close();
  }
}
