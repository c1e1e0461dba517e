import { PublishCommand, type PublishCommandInput } from "@aws-sdk/client-sns";
import { expect } from "chai";
import { type StartedSns, startSns } from "./start-sns.ts";

type Attributes = NonNullable<PublishCommandInput["MessageAttributes"]>;
const text = (StringValue: string) => ({ DataType: "String", StringValue });
const number = (StringValue: string) => ({ DataType: "Number", StringValue });
const list = (values: unknown) => ({
  DataType: "String.Array",
  StringValue: JSON.stringify(values),
});

/** Source: SNS Developer Guide, "Amazon SNS subscription filter policies", with its examples. */
const byAttributes: readonly [policy: object, takes: Attributes[], refuses: Attributes[]][] = [
  [{ a: ["x", "y"] }, [{ a: text("x") }, { a: list(["z", "y"]) }], [{ a: text("z") }, {}]],
  [{ a: [{ prefix: "x" }] }, [{ a: text("xy") }], [{ a: text("yx") }]],
  [{ a: [{ suffix: "x" }] }, [{ a: text("yx") }], [{ a: text("xy") }]],
  [{ a: [{ "equals-ignore-case": "X" }] }, [{ a: text("x") }], [{ a: text("xx") }]],
  [
    { a: [{ "anything-but": ["x", "y"] }] },
    [{ a: text("z") }, { a: list(["x", "z"]) }],
    [{ a: text("x") }, {}],
  ],
  [{ a: [{ "anything-but": { prefix: "x" } }] }, [{ a: text("y") }], [{ a: text("xy") }]],
  [{ a: [null, { "anything-but": ["x"] }] }, [{ a: text("y") }], [{ a: text("x") }]],
  [{ a: [{ exists: true }] }, [{ a: text("x") }, { a: number("1") }], [{ b: text("x") }]],
  [{ a: [{ exists: false }] }, [{ b: text("x") }], [{ a: text("x") }]],
  [{ a: [100] }, [{ a: number("100") }, { a: number("1e2") }], [{ a: text("100") }]],
  [
    { a: [{ numeric: [">", 0, "<=", 5] }] },
    [{ a: number("5") }, { a: list([9, 1]) }],
    [{ a: number("0") }, { a: text("1") }],
  ],
  [{ a: [{ cidr: "10.0.0.0/24" }] }, [{ a: text("10.0.0.9") }], [{ a: text("10.0.1.9") }]],
  [
    { $or: [{ a: ["x"] }, { b: ["y"] }], c: ["z"] },
    [{ b: text("y"), c: text("z") }],
    [{ c: text("z") }, { a: text("x") }],
  ],
];

const byBody: readonly [policy: object, takes: unknown[], refuses: unknown[]][] = [
  [{ a: ["x"] }, [{ a: "x" }, { a: ["y", "x"] }], [{ a: "y" }, { a: { x: "x" } }, "x", [1]]],
  [{ a: { b: ["x"] } }, [{ a: { b: "x" } }, { a: [{ b: "y" }, { b: "x" }] }], [{ a: "x" }]],
  [{ a: [true, null] }, [{ a: true }, { a: null }], [{ a: "true" }, {}]],
  [{ a: { $or: [{ b: ["x"] }, { c: ["y"] }] } }, [{ a: { c: "y" } }], [{ a: { c: "x" } }]],
  [{ a: [{ numeric: ["=", 1] }] }, [{ a: 1 }], [{ a: "1" }]],
  [{ a: [{ exists: false }] }, [{ b: 1 }], [{ a: 1 }]],
];

describe("SNS filter policies", () => {
  let cloud: StartedSns;
  before(async () => (cloud = await startSns()));
  after(() => cloud.close());

  /** The messages that a subscription with this policy gets of those that are published. */
  async function taken(
    attributes: Record<string, string>,
    messages: readonly Omit<PublishCommandInput, "TopicArn">[],
  ): Promise<string[]> {
    const TopicArn = await cloud.topic();
    const { name, url } = await cloud.queue(TopicArn);
    const all = await cloud.queue(TopicArn);
    await cloud.subscribe(TopicArn, name, { RawMessageDelivery: "true", ...attributes });
    await cloud.subscribe(TopicArn, all.name);
    for (const message of messages)
      await cloud.sns.send(new PublishCommand({ TopicArn, ...message }));
    // Subscriptions are served in their order: once the other has all, this one has its share.
    for (let left = messages.length; left > 0; left--) await cloud.next(all.url);
    const got: string[] = [];
    const expected = await cloud.depth(url);
    while (got.length < expected) got.push((await cloud.next(url)).Body ?? "");
    return got;
  }

  for (const [policy, takes, refuses] of byAttributes)
    it(`match attributes: ${JSON.stringify(policy)}`, async () => {
      const messages = [...takes, ...refuses].map((MessageAttributes, index) => ({
        ...{ Message: String(index), MessageAttributes },
      }));
      const got = await taken({ FilterPolicy: JSON.stringify(policy) }, messages);
      expect(got).to.have.members(takes.map((_, index) => String(index)));
    });

  for (const [policy, takes, refuses] of byBody)
    it(`match bodies: ${JSON.stringify(policy)}`, async () => {
      const messages = [...takes, ...refuses].map((body) => ({ Message: JSON.stringify(body) }));
      const got = await taken(
        { FilterPolicy: JSON.stringify(policy), FilterPolicyScope: "MessageBody" },
        messages,
      );
      expect(got).to.have.members(takes.map((body) => JSON.stringify(body)));
    });
});
