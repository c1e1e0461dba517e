import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateExperimentTemplateCommand,
  FisClient,
  StartExperimentCommand,
} from "@aws-sdk/client-fis";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { templateInput } from "./template-input.ts";

const stop = { actionId: "aws:ec2:stop-instances", targets: { Instances: "machines" } };

describe("Experiments with a log group", () => {
  let cloud: Cloud;
  before(async () => {
    cloud = await startCloud();
  });
  after(() => cloud.close());

  for (const logSchemaVersion of [1, 2])
    it(`write their log in schema version ${String(logSchemaVersion)}`, async () => {
      const logs = new CloudWatchLogsClient({
        ...clientSettings(cloud.endpoint),
        region: "eu-west-1",
      });
      const there = new FisClient({ ...clientSettings(cloud.endpoint), region: "eu-west-1" });
      const logGroupName = `/fis/${crypto.randomUUID()}`;
      const logGroupArn = `arn:aws:logs:eu-west-1:000000000000:log-group:${logGroupName}:*`;
      const machines = {
        resourceType: "aws:ec2:instance",
        resourceArns: ["arn:aws:ec2:us-east-1:000000000000:instance/i-1"],
        selectionMode: "ALL",
      };
      const { experimentTemplate } = await there.send(
        new CreateExperimentTemplateCommand(
          templateInput(
            { s: stop },
            {
              clientToken: undefined,
              targets: { machines },
              logConfiguration: {
                logSchemaVersion,
                cloudWatchLogsConfiguration: { logGroupArn },
              },
            },
          ),
        ),
      );
      const begin = () =>
        there.send(new StartExperimentCommand({ experimentTemplateId: experimentTemplate?.id }));
      const { experiment } = await begin();
      expect(experiment?.state?.status).to.equal("failed");
      expect(experiment?.state?.reason).to.include("The specified log group does not exist");
      await logs.send(new CreateLogGroupCommand({ logGroupName }));
      await begin();
      const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName }));
      const records = events.map(
        ({ message = "" }) =>
          JSON.parse(message) as {
            log_type: string;
            version: string;
            details: Record<string, unknown>;
          },
      );
      expect(records.map((each) => each.log_type)).to.deep.equal([
        "experiment-start",
        "target-resolution-start",
        ...(logSchemaVersion === 2 ? ["target-resolution-detail"] : []),
        "target-resolution-end",
        ...(logSchemaVersion === 2 ? ["action-error"] : []),
        "action-end",
        "experiment-end",
      ]);
      expect(new Set(records.map(({ version }) => version))).to.deep.equal(
        new Set([String(logSchemaVersion)]),
      );
      const [arn] = machines.resourceArns;
      const end = records.find((each) => each.log_type === "target-resolution-end");
      expect(end?.details["resolved_targets"]).to.deep.equal(
        logSchemaVersion === 2 ? [{ arn }] : [arn],
      );
    });
});
