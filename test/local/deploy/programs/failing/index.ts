import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import * as meeting from "./meeting.ts";

/** A program that fails in the way that its configuration names. */

const keys = { region: "us-east-1", accessKey: "test", secretKey: "test" } as const;
const attributes = [{ name: "id", type: "S" }];

/** As the SDKs of `@pulumi/eks` and `awsx` declare theirs. */
class Remote extends pulumi.ComponentResource {
  declare readonly result: pulumi.Output<string>;
  constructor(type: string, name: string, args: pulumi.Inputs = {}) {
    super(type, name, { ...args, result: undefined }, {}, true);
  }
}
class OtherProvider extends pulumi.ProviderResource {}

const failures: Record<string, (opts: pulumi.CustomResourceOptions) => unknown> = {
  none: (opts) => new aws.sqs.Queue("jobs", {}, opts).url,
  // Two deployments at once are both half-way before either goes on.
  meets: async (opts) => {
    await meeting.arrive();
    return new aws.sqs.Queue(new pulumi.Config().require("queue"), {}, opts).url;
  },
  "refused-input": (opts) =>
    new aws.dynamodb.Table(
      "Products",
      { attributes, hashKey: "id", restoreToLatestTime: true },
      opts,
    ),
  "refused-block-input": (opts) =>
    new aws.dynamodb.Table(
      "Products",
      {
        attributes,
        hashKey: "id",
        globalSecondaryIndexes: [
          { name: "i", hashKey: "id", projectionType: "ALL", warmThroughput: {} },
        ],
      },
      opts,
    ),
  "refused-value": (opts) =>
    new aws.sns.TopicSubscription(
      "mail",
      { topic: "arn:aws:sns:us-east-1:000000000000:t", protocol: "email", endpoint: "a@b.c" },
      opts,
    ),
  "unknown-type": (opts) => new aws.kinesis.Stream("files", { shardCount: 1 }, opts),
  "unknown-function": (opts) => aws.getAvailabilityZonesOutput({}, opts),
  "no-provider": () => new aws.sqs.Queue("jobs").arn,
  "other-endpoint": () =>
    new aws.Provider("elsewhere", { ...keys, endpoints: [{ sqs: "https://sqs.amazonaws.com" }] }),
  "service-error": (opts) => {
    const mapping = new aws.lambda.EventSourceMapping(
      "mapping",
      {
        eventSourceArn: "arn:aws:sqs:us-east-1:000000000000:none",
        functionName: "arn:aws:lambda:us-east-1:000000000000:function:none",
      },
      opts,
    );
    return new aws.sqs.Queue("after", { name: "after" }, { ...opts, dependsOn: [mapping] }).url;
  },
  throws: () => {
    throw new Error("the program has had enough");
  },
  "input-rejects": (opts) => {
    new aws.sqs.Queue("jobs", { name: Promise.reject(new Error("no name today")) }, opts);
  },
  "apply-throws": (opts) => {
    const queue = new aws.sqs.Queue("jobs", {}, opts);
    const name = queue.arn.apply((): string => {
      throw new Error("cannot name it");
    });
    new aws.sqs.Queue("more-jobs", { name }, opts);
  },
  "never-ends": (opts) =>
    new aws.sqs.Queue("jobs", { name: new Promise<string>(() => undefined) }, opts).url,
  "remote-components": (opts) => {
    const api = new Remote("eks:index:Cluster", "api");
    const vpc = new Remote("awsx:ec2:Vpc", "network", { name: api.result });
    // Needs what no one computes.
    new aws.sqs.Queue("of-the-api", { name: api.result.apply((name) => name.trim()) }, opts);
    return vpc.result.apply((name) => name.trim());
  },
  "component-method": (opts) => {
    const remote = new aws.sqs.Queue("jobs", {}, opts);
    return pulumi.runtime.call("eks:index:Cluster/getKubeconfig", { queue: remote.url });
  },
  hooks: (opts) => {
    const hook = new pulumi.ResourceHook("note", () => undefined);
    return new aws.sqs.Queue("jobs", {}, { ...opts, hooks: { afterCreate: [hook] } }).url;
  },
  "stack-reference": () => new pulumi.StackReference("me/network/dev").getOutput("vpc"),
  "other-provider": () => new OtherProvider("kubernetes", "cluster", {}),
  options: (opts) =>
    new aws.sqs.Queue(
      "optional",
      { visibilityTimeoutSeconds: 7 },
      {
        ...opts,
        ...{ protect: true, retainOnDelete: true, ignoreChanges: ["visibilityTimeoutSeconds"] },
        ...{ deleteBeforeReplace: true, replaceOnChanges: ["name"], aliases: [{ name: "old" }] },
        ...{ additionalSecretOutputs: ["url"], customTimeouts: { create: "1m" } },
      },
    ).visibilityTimeoutSeconds,
  transform: (opts) => new aws.sqs.Queue("jobs", {}, { ...opts, transforms: [() => undefined] }),
};

const config = new pulumi.Config();
const failure = config.require("failure");
const provider = new aws.Provider("aws", keys);
export const outcome = failures[failure]?.({ provider });
