import { randomUUID } from "node:crypto";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SetQueueAttributesCommand,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { failureOf } from "../../support/failure-of.ts";
import { type StartedSqs, startSqs } from "./start-sqs.ts";

const arnOf = (name: string, region = "us-east-1", account = "000000000000") =>
  `arn:aws:sqs:${region}:${account}:${name}`;

describe("Settings of SQS queues", () => {
  let cloud: StartedSqs;
  const suffix = randomUUID();
  const dlq = `dead-${suffix}`;
  const names = [dlq, `closed-${suffix}`, `picky-${suffix}`, `dead-${suffix}.fifo`];

  before(async () => {
    cloud = await startSqs();
    const [, closed, picky, fifo] = names;
    const create = (QueueName: string | undefined, Attributes: Record<string, string> = {}) =>
      cloud.client.send(new CreateQueueCommand({ QueueName, Attributes }));
    await create(dlq);
    await create(closed, { RedriveAllowPolicy: '{"redrivePermission":"denyAll"}' });
    await create(picky, {
      RedriveAllowPolicy: JSON.stringify({
        redrivePermission: "byQueue",
        sourceQueueArns: [arnOf(`friend-${suffix}`)],
      }),
    });
    await create(fifo, { FifoQueue: "true" });
  });
  after(() => cloud.close());

  const redrive = (deadLetterTargetArn: unknown, maxReceiveCount: unknown, more: object = {}) => ({
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount, ...more }),
  });
  const range = "valid values are from 1 to 1000 both inclusive";
  const allow = (policy: unknown) => ({ RedriveAllowPolicy: JSON.stringify(policy) });
  const value = "InvalidAttributeValue";
  const parameter = "InvalidParameterValue";
  const unsupported = "as it’s in an unsupported format";
  const arns = Array.from({ length: 11 }, (_, index) => arnOf(`q${String(index)}`));

  /** Attributes of a standard queue, the code and the sentence of their refusal. */
  const refused: readonly [Record<string, string>, string, string][] = [
    [redrive(arnOf("missing"), 1), parameter, "Dead letter target does not exist."],
    [redrive(arnOf(`dead-${suffix}.fifo`), 1), parameter, "must be same type of queue"],
    [redrive(arnOf(dlq), 0), parameter, `maxReceiveCount: 0, ${range}`],
    [redrive(arnOf(dlq), 1001), parameter, `maxReceiveCount: 1001, ${range}`],
    [redrive(arnOf(dlq), "1001"), parameter, range],
    [redrive(arnOf(dlq), "many"), parameter, `maxReceiveCount: many, ${range}`],
    [redrive(arnOf(dlq), 1.5), parameter, range],
    [redrive(arnOf(dlq), true), parameter, range],
    [redrive(arnOf(dlq), [3]), parameter, range],
    [redrive(arnOf(dlq), undefined), parameter, "mandatory attribute: maxReceiveCount"],
    [redrive(undefined, 3), parameter, "mandatory attribute: deadLetterTargetArn"],
    [redrive(arnOf(dlq), 3, { extra: 1 }), parameter, "Only following attributes"],
    [redrive(dlq, 3), parameter, "fully qualified ARN"],
    [redrive([arnOf(dlq)], 3), parameter, "fully qualified ARN"],
    [redrive(arnOf(dlq).replace("sqs", "sns"), 3), parameter, "Only SQS queues"],
    [redrive(arnOf(dlq, "eu-west-1"), 3), parameter, "same region"],
    [redrive(arnOf(dlq, "us-east-1", "111111111111"), 3), parameter, "owner should be same"],
    [redrive(arnOf(`closed-${suffix}`), 3), parameter, "redrive allow policy"],
    [redrive(arnOf(`picky-${suffix}`), 3), parameter, "redrive allow policy"],
    [{ RedrivePolicy: "[]" }, value, "Redrive policy is not a valid JSON map."],
    [{ RedrivePolicy: "no JSON" }, value, "Redrive policy is not a valid JSON map."],
    [{ RedrivePolicy: "null" }, value, "Redrive policy is not a valid JSON map."],
    [allow([]), value, unsupported],
    [allow({}), value, unsupported],
    [allow({ redrivePermission: "some" }), value, unsupported],
    [allow({ redrivePermission: "allowAll", extra: 1 }), value, unsupported],
    [allow({ redrivePermission: "byQueue", sourceQueueArns: "q" }), value, unsupported],
    [allow({ redrivePermission: "byQueue" }), parameter, "you must also specify"],
    [allow({ redrivePermission: "byQueue", sourceQueueArns: arns }), parameter, "is 10."],
    [allow({ redrivePermission: "denyAll", sourceQueueArns: ["q"] }), parameter, "to byQueue."],
    [{ DelaySeconds: "901" }, value, "DelaySeconds"],
    [{ DelaySeconds: "-1" }, value, "DelaySeconds"],
    [{ DelaySeconds: "" }, value, "DelaySeconds"],
    [{ MaximumMessageSize: "1023" }, value, "MaximumMessageSize"],
    [{ MaximumMessageSize: "1048577" }, value, "MaximumMessageSize"],
    [{ MessageRetentionPeriod: "59" }, value, "MessageRetentionPeriod"],
    [{ MessageRetentionPeriod: "1209601" }, value, "MessageRetentionPeriod"],
    [{ ReceiveMessageWaitTimeSeconds: "21" }, value, "ReceiveMessageWaitTimeSeconds"],
    [{ VisibilityTimeout: "43201" }, value, "VisibilityTimeout"],
    [{ VisibilityTimeout: "1e3" }, value, "VisibilityTimeout"],
    [{ VisibilityTimeout: "1.0" }, value, "VisibilityTimeout"],
    [{ KmsDataKeyReusePeriodSeconds: "59" }, value, "KmsDataKeyReusePeriodSeconds"],
    [{ KmsDataKeyReusePeriodSeconds: "86401" }, value, "KmsDataKeyReusePeriodSeconds"],
    [{ SqsManagedSseEnabled: "yes" }, value, "SqsManagedSseEnabled"],
    [{ Policy: "no JSON" }, value, "Invalid value for the parameter Policy."],
    [{ Policy: "[]" }, value, "Invalid value for the parameter Policy."],
    [{ Policy: '{"Version":"2012-10-17"}' }, value, "Invalid value for the parameter Policy."],
    [{ Policy: '{"Statement":[]}' }, value, "Invalid value for the parameter Policy."],
    [{ Colour: "red" }, "InvalidAttributeName", "Unknown Attribute Colour."],
    [{ QueueArn: "arn" }, "InvalidAttributeName", "Unknown Attribute QueueArn."],
    [{ constructor: "x" }, "InvalidAttributeName", "Unknown Attribute constructor."],
    [
      { ContentBasedDeduplication: "true" },
      "InvalidAttributeName",
      "Unknown Attribute ContentBasedDeduplication.",
    ],
    [{ FifoQueue: "false" }, "InvalidAttributeName", "Unknown Attribute FifoQueue."],
    [{ DeduplicationScope: "queue" }, "InvalidAttributeName", "only when FifoQueue is set to true"],
    [
      { FifoThroughputLimit: "perQueue" },
      "InvalidAttributeName",
      "only when FifoQueue is set to true",
    ],
  ];

  for (const [Attributes, code, sentence] of refused)
    it(`refuses ${JSON.stringify(Attributes)} in CreateQueue and SetQueueAttributes`, async () => {
      const QueueName = `queue-${randomUUID()}`;
      const created = await failureOf(
        cloud.client.send(new CreateQueueCommand({ QueueName, Attributes })),
      );
      expect(created.name).to.equal(code);
      expect(created.message).to.include(sentence);
      expect(created.$metadata?.httpStatusCode).to.equal(400);
      const { url } = await cloud.queue();
      const set = await failureOf(
        cloud.client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes })),
      );
      expect(set).to.include({ name: code, message: created.message });
    });

  it("takes settings that work, and shows them", async () => {
    const friend = `friend-${suffix}`;
    const { QueueUrl: url } = await cloud.client.send(
      new CreateQueueCommand({
        QueueName: friend,
        Attributes: { ...redrive(arnOf(`picky-${suffix}`), "3"), SqsManagedSseEnabled: "True" },
      }),
    );
    const shown = await cloud.attributes(url ?? "");
    expect(shown).to.include({ ...redrive(arnOf(`picky-${suffix}`), 3) });
    expect(shown).to.include({ SqsManagedSseEnabled: "true" });
  });

  it("refuses a queue that is its own dead-letter queue", async () => {
    const { url, arn } = await cloud.queue();
    const failure = await failureOf(
      cloud.client.send(
        new SetQueueAttributesCommand({ QueueUrl: url, Attributes: redrive(arn, 3) }),
      ),
    );
    expect(failure.name).to.equal(parameter);
  });

  const badNames: readonly [string, Record<string, string>, string][] = [
    ["q.fifo", {}, "Can only include alphanumeric characters, hyphens, or underscores."],
    ["q", { FifoQueue: "true" }, "must end with .fifo suffix"],
    [`${"q".repeat(76)}.fifo`, { FifoQueue: "true" }, "1 to 80 in length"],
    ["q".repeat(81), {}, "1 to 80 in length"],
    ["", {}, "1 to 80 in length"],
    ["a b", {}, "Can only include"],
    ["größe", {}, "Can only include"],
  ];
  for (const [QueueName, Attributes, sentence] of badNames)
    it(`refuses a queue named ${JSON.stringify(QueueName)} ${JSON.stringify(Attributes)}`, async () => {
      const failure = await failureOf(
        cloud.client.send(new CreateQueueCommand({ QueueName, Attributes })),
      );
      expect(failure.name).to.equal(parameter);
      expect(failure.message).to.include(sentence);
    });

  it("answers the same queue to a request with some of its settings, and refuses others", async () => {
    const QueueName = `queue-${randomUUID()}`;
    const create = (Attributes: Record<string, string>) =>
      cloud.client.send(new CreateQueueCommand({ QueueName, Attributes }));
    const { QueueUrl } = await create({
      ...{ DelaySeconds: "1", ReceiveMessageWaitTimeSeconds: "1" },
      ...redrive(arnOf(dlq), 3),
    });
    const reordered = `{ "maxReceiveCount": 3, "deadLetterTargetArn": "${arnOf(dlq)}" }`;
    const same: Record<string, string>[] = [{}, { DelaySeconds: "1" }, { VisibilityTimeout: "30" }];
    for (const Attributes of [...same, { RedrivePolicy: reordered }])
      expect((await create(Attributes)).QueueUrl).to.equal(QueueUrl);
    for (const [name, other] of Object.entries({ DelaySeconds: "2", KmsMasterKeyId: "k" })) {
      const failure = await failureOf(create({ ...{ [name]: other } }));
      expect(failure.name).to.equal("QueueNameExists");
      expect(failure.message).to.equal(
        `A queue already exists with the same name and a different value for attribute ${name}`,
      );
    }
  });

  it("keeps the scope of deduplication, which can be changed, and the type, which cannot", async () => {
    const { QueueUrl = "" } = await cloud.client.send(
      new CreateQueueCommand({
        QueueName: `${randomUUID()}.fifo`,
        Attributes: { FifoQueue: "true" },
      }),
    );
    const set = (Attributes: Record<string, string>) =>
      cloud.client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    expect(await cloud.attributes(QueueUrl)).to.include({
      ...{ FifoQueue: "true", DeduplicationScope: "queue", FifoThroughputLimit: "perQueue" },
    });
    expect((await failureOf(set({ FifoThroughputLimit: "perMessageGroupId" }))).name).to.equal(
      value,
    );
    const perGroup = {
      ...{ DeduplicationScope: "messageGroup", FifoThroughputLimit: "perMessageGroupId" },
    };
    await set(perGroup);
    expect(await cloud.attributes(QueueUrl)).to.include(perGroup);
    const { Attributes } = await cloud.client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["DeduplicationScope"] }),
    );
    expect(Attributes).to.deep.equal({ DeduplicationScope: "messageGroup" });
    const failure = await failureOf(set({ FifoQueue: "false" }));
    expect(failure.message).to.include("Modifying queue type is not supported.");
  });
});
