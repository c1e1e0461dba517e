import { GetTopicAttributesCommand, SNSClient } from "@aws-sdk/client-sns";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { startCloudProcess } from "../../local/cloud-apart.ts";
import { startDrillCloud } from "../../local/drill-cloud.ts";
import { clientSettings } from "../support/client-settings.ts";
import { failureOf } from "../support/failure-of.ts";

describe("startDrillCloud", function () {
  this.timeout(60_000);

  it("deploys on several clouds of one process, each with its own configuration", async () => {
    const [full, bare] = await Promise.all([
      startDrillCloud(),
      startDrillCloud({ config: { writeBuffer: "false", namePrefix: "bare-" } }),
    ]);
    try {
      expect(full.outputs.productApiUrl).to.contain(full.endpoint);
      expect(full.outputs.productsTableName).to.equal("Products");
      const topic = await new SNSClient(clientSettings(full.endpoint)).send(
        new GetTopicAttributesCommand({ TopicArn: full.outputs.productEventsTopicArn }),
      );
      expect(topic.Attributes?.SubscriptionsConfirmed).to.equal("1");
      expect(bare.outputs.productApiUrl).to.contain(bare.endpoint);
      expect(bare.outputs.productsTableName).to.equal("bare-Products");
      expect(bare.outputs).not.to.have.property("productEventsTopicArn");
    } finally {
      await Promise.all([full.close(), bare.close()]);
    }
  });

  it("deploys another program, and lists its resources, also in a process of its own", async () => {
    const program = fileURLToPath(new URL("deploy/programs/ordinary/modules/", import.meta.url));
    for (const start of [startDrillCloud<unknown>, startCloudProcess]) {
      const cloud = await start({ program, config: { seconds: "12" } });
      try {
        expect(cloud.outputs).to.deep.include({ seconds: 12, region: "eu-west-1" });
        const [queue] = cloud.resources;
        expect(queue).to.deep.include({ type: "aws:sqs/queue:Queue", name: "jobs" });
        expect(queue?.id).to.contain(`${cloud.endpoint}/000000000000/jobs-`);
        expect(queue?.outputs).to.deep.include({ tagsAll: { owner: "someone" } });
      } finally {
        await cloud.close();
      }
    }
  });

  it("takes the settings of the shell out of the process", async () => {
    process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:9";
    process.env.AWS_USE_FIPS_ENDPOINT = "true";
    const cloud = await startDrillCloud();
    await cloud.close();
    expect(process.env).not.to.have.any.keys("AWS_ENDPOINT_URL", "AWS_USE_FIPS_ENDPOINT");
  });

  it("stops the cloud when the deployment fails, and says why", async () => {
    const failure = await failureOf(startDrillCloud({ config: { writeBuffers: "false" } }));
    expect(failure.message).to.match(/^The configuration key writeBuffers is not declared/);
  });
});
