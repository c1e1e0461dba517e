import {
  ListTagsForResourceCommand,
  StartExperimentCommand,
  StopExperimentCommand,
} from "@aws-sdk/client-fis";
import { expect } from "chai";
import { admit } from "../../../chaos/aws/admit.ts";
import { CannotRunError } from "../../../chaos/cannot-run-error.ts";
import { functionError } from "../../../chaos/experiments/function-error/experiment.ts";
import { experiments } from "../../../chaos/experiments/index.ts";
import { outage } from "../../../chaos/experiments/outage/experiment.ts";
import { awsClients } from "../../../chaos/harness/aws-clients.ts";
import type { DrillClients } from "../../../chaos/harness/aws-clients.ts";
import type { Target } from "../../../chaos/harness/target.ts";
import type { StackOutputs } from "../../../infra/outputs.ts";
import { startCloud } from "../../../local/cloud.ts";
import type { Cloud } from "../../../local/cloud.ts";
import { failureOf } from "../../support/failure-of.ts";
import { createStackTemplate } from "../support/create-stack-template.ts";

describe("admit", () => {
  let cloud: Cloud;
  let clients: DrillClients;
  let templateId: string;
  let target: Target;

  beforeEach(async () => {
    cloud = await startCloud();
    clients = awsClients({ endpoint: cloud.endpoint, region: "us-east-1" });
    templateId = await createStackTemplate(clients.fis, cloud.endpoint);
    const outputs: StackOutputs = {
      productApiUrl: "https://abc.execute-api.us-east-1.amazonaws.com/dev/productApi",
      productsTableName: "Products",
      productEventsQueueUrl: "https://sqs.us-east-1.amazonaws.com/000000000000/Queue",
      region: "us-east-1",
      experimentTemplates: {},
      experimentTemplateIds: { outage: templateId },
    };
    target = {
      endpoint: cloud.endpoint,
      isAws: true,
      outputs,
      close: () => Promise.resolve(),
    };
  });

  afterEach(async () => {
    clients.close();
    await cloud.close();
  });

  it("prints the plan and refuses until it is allowed", async () => {
    const printed: string[] = [];
    const error = await refusal({ print: (text) => printed.push(text) }, false);
    expect(error.message).to.equal(
      "Nothing was injected: this stack is on AWS. Add --allow-aws to carry out the plan above.",
    );
    const [plan = ""] = printed;
    expect(plan).to.match(/^Plan for AWS account 000000000000, us-east-1$/m);
    expect(plan).to.match(/^outage: DynamoDB denies the functions with 400 AccessDeniedException/m);
    expect(plan).to.include(`template   ${templateId}: Waits`);
    expect(plan).to.include("action     wait: aws:fis:wait (duration PT1M)");
    expect(plan).to.include(
      "reads a second on https://abc.execute-api.us-east-1.amazonaws.com/dev/productApi,",
    );
    expect(plan).to.include(
      'writes     under keys that begin with "outage-" into the table Products, where they stay',
    );
    expect(plan).to.include("on Ctrl-C: StopExperiment");
    expect(plan).to.include("by itself: wait after PT1M");
    expect(plan).to.include("alarms that stop it: none");
    expect(plan).to.include("total-outage: there is no template of AWS's own actions for it");
    expect(plan).to.include("slow-functions: the stack has no FIS template slow-functions");
    expect(plan).to.include(
      "outage-without-write-buffer: it needs a stack with writeBuffer: false",
    );
    expect(await leaseTags()).to.deep.equal({});
  });

  it("refuses when the stack has no template for any of the experiments", async () => {
    target = { ...target, outputs: { ...target.outputs, experimentTemplateIds: {} } };
    expect((await refusal()).message).to.include("None of these experiments can be had");
  });

  it("refuses while the safety lever is engaged", async () => {
    await moveLever("engaged");
    expect((await refusal()).message).to.equal(
      "The safety lever of this account and region is engaged (Sale day): disengage it first.",
    );
    await moveLever("disengaged");
    await (await admitted()).close();
  });

  it("refuses while any FIS experiment is active", async () => {
    const { experiment } = await clients.fis.send(
      new StartExperimentCommand({ experimentTemplateId: templateId }),
    );
    expect((await refusal()).message).to.include(
      `are active in this account and region (${String(experiment?.id)})`,
    );
    await clients.fis.send(new StopExperimentCommand({ id: experiment?.id }));
    await (await admitted()).close();
  });

  it("refuses a second drill on the same stack until the first one is over", async () => {
    const first = await admitted();
    expect((await refusal()).message).to.match(
      /^Another drill has this stack until 20.*Z: wait for its end, or, if it is dead, aws fis untag-resource --resource-arn arn:aws:fis:us-east-1:000000000000:experiment-template\/EXT\w+ --tag-keys outage-drill:lease\.$/,
    );
    await first.close();
    expect(await leaseTags()).to.deep.equal({});
    await (await admitted()).close();
  });

  it("refuses a second drill on the same stack also when it has chosen other experiments", async () => {
    const other = await createStackTemplate(clients.fis, cloud.endpoint);
    const experimentTemplateIds = { outage: templateId, "function-error": other };
    target = { ...target, outputs: { ...target.outputs, experimentTemplateIds } };
    const first = await admitted([outage]);
    expect((await refusal(silent, true, [functionError])).message).to.match(
      /^Another drill has this stack until /,
    );
    await first.close();
    await (await admitted([functionError])).close();
  });

  it("says what AWS answered when the plan cannot be made", async () => {
    const experimentTemplateIds = { outage: "EXT000000000000000" };
    target = { ...target, outputs: { ...target.outputs, experimentTemplateIds } };
    expect((await refusal()).message).to.match(
      /^AWS did not let the drill be prepared \(ResourceNotFoundException: .*EXT0+.*\)\.$/,
    );
  });

  const silent = { print: () => undefined };

  function admitted(chosen = experiments): Promise<Target> {
    return admit(target, { experiments: chosen, allowAws: true, ...silent });
  }

  async function refusal(
    { print }: { print(text: string): void } = silent,
    allowAws = true,
    chosen = experiments,
  ): Promise<Error> {
    const error = await failureOf(admit(target, { experiments: chosen, allowAws, print }));
    expect(error).to.be.instanceOf(CannotRunError);
    return error;
  }

  async function leaseTags() {
    const resourceArn = `arn:aws:fis:us-east-1:000000000000:experiment-template/${templateId}`;
    const { tags } = await clients.fis.send(new ListTagsForResourceCommand({ resourceArn }));
    return tags;
  }

  async function moveLever(status: "engaged" | "disengaged"): Promise<void> {
    const answer = await fetch(`${cloud.endpoint}/safetyLevers/default/state`, {
      method: "PATCH",
      headers: {
        "content-type": "application/json",
        authorization:
          "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/fis/aws4_request, SignedHeaders=host, Signature=0",
      },
      body: JSON.stringify({ state: { status, reason: "Sale day" } }),
    });
    expect(answer.status).to.equal(200);
  }
});
