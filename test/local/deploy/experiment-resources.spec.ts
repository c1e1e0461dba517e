import { CloudWatchClient, DescribeAlarmsCommand } from "@aws-sdk/client-cloudwatch";
import { DynamoDBClient, GetResourcePolicyCommand } from "@aws-sdk/client-dynamodb";
import { FisClient, GetExperimentTemplateCommand } from "@aws-sdk/client-fis";
import { GetDocumentCommand, ListTagsForResourceCommand, SSMClient } from "@aws-sdk/client-ssm";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { deploy } from "../../../local/deploy/deploy.ts";
import { clientSettings } from "../../support/client-settings.ts";

interface Outputs {
  resources: Record<"table" | "tablePolicy" | "alarm" | "runbook" | "experiment", Resource>;
}

type Resource = Record<string, string>;

describe("the in-process engine creates for experiments", () => {
  let cloud: Cloud;
  let resources: Outputs["resources"];
  let settings: ReturnType<typeof clientSettings>;

  before(async () => {
    cloud = await startCloud();
    settings = { ...clientSettings(cloud.endpoint), region: "eu-central-1" };
    const { outputs } = await deploy<Outputs>({
      programUrl: new URL("programs/every-resource/index.ts", import.meta.url),
      stack: "local",
      endpoint: cloud.endpoint,
    });
    ({ resources } = outputs);
  });

  after(() => cloud.close());

  it("a table's policy", async () => {
    const { Policy } = await new DynamoDBClient(settings).send(
      new GetResourcePolicyCommand({ ResourceArn: resources.table["arn"] }),
    );
    expect(Policy).to.equal(resources.tablePolicy["policy"]);
  });

  it("an alarm", async () => {
    const { MetricAlarms: [alarm] = [] } = await new CloudWatchClient(settings).send(
      new DescribeAlarmsCommand({ AlarmNames: ["dead-letters"] }),
    );
    expect(alarm).to.deep.include({
      AlarmArn: resources.alarm["arn"],
      Namespace: "AWS/SQS",
      Dimensions: [{ Name: "QueueName", Value: "dead-letters" }],
      Period: 60,
      EvaluationPeriods: 2,
      Threshold: 0,
      TreatMissingData: "notBreaching",
    });
  });

  it("a runbook", async () => {
    const ssm = new SSMClient(settings);
    const document = await ssm.send(new GetDocumentCommand({ Name: "hold" }));
    expect(document).to.deep.include({
      Content: resources.runbook["content"],
      DocumentFormat: "YAML",
      DocumentType: "Automation",
    });
    const { TagList } = await ssm.send(
      new ListTagsForResourceCommand({ ResourceType: "Document", ResourceId: "hold" }),
    );
    expect(TagList).to.have.deep.members([
      { Key: "stack", Value: "every-resource" },
      { Key: "team", Value: "red" },
    ]);
  });

  it("an experiment template", async () => {
    const { experimentTemplate } = await new FisClient(settings).send(
      new GetExperimentTemplateCommand({ id: resources.experiment["id"] }),
    );
    expect(experimentTemplate).to.deep.include({
      description: "Holds",
      stopConditions: [{ source: "aws:cloudwatch:alarm", value: resources.alarm["arn"] }],
      tags: { stack: "every-resource", team: "red" },
      targets: {
        workers: {
          resourceType: "aws:lambda:function",
          resourceTags: { team: "red" },
          selectionMode: "COUNT(1)",
        },
      },
      actions: {
        hold: {
          actionId: "aws:ssm:start-automation-execution",
          parameters: { documentArn: resources.runbook["arn"], maxDuration: "PT1M" },
        },
        delay: {
          actionId: "aws:lambda:invocation-add-delay",
          parameters: { duration: "PT1M" },
          targets: { Functions: "workers" },
          startAfter: ["hold"],
        },
      },
    });
    expect(experimentTemplate?.experimentOptions?.emptyTargetResolutionMode).to.equal("skip");
    expect(experimentTemplate?.logConfiguration?.logSchemaVersion).to.equal(2);
  });
});
