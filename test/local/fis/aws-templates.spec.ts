import {
  CreateExperimentTemplateCommand,
  FisClient,
  GetActionCommand,
  ListActionsCommand,
  StartExperimentCommand,
  type CreateExperimentTemplateTargetInput,
} from "@aws-sdk/client-fis";
import { CloudWatchClient, PutMetricAlarmCommand } from "@aws-sdk/client-cloudwatch";
import { SetAlarmStateCommand } from "@aws-sdk/client-cloudwatch";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { templateInput } from "./template-input.ts";

const instances = (more: Partial<CreateExperimentTemplateTargetInput> = {}) => ({
  resourceType: "aws:ec2:instance",
  resourceTags: { app: "shop" },
  selectionMode: "COUNT(3)",
  ...more,
});
const stop = { actionId: "aws:ec2:stop-instances", targets: { Instances: "machines" } };

/** An action with all it must have, made up from what GetAction says of it. */
function valueOf(parameter: string): string {
  if (/uration/.test(parameter)) return "PT10M";
  if (/ercent/.test(parameter)) return "50";
  if (parameter === "documentArn")
    return "arn:aws:ssm:us-east-1:000000000000:document/AWSFIS-Run-CPU-Stress";
  if (parameter === "alarmArns") return "arn:aws:cloudwatch:us-east-1:000000000000:alarm:a";
  if (parameter === "alarmStates") return "OK,ALARM";
  if (parameter === "preventExecution") return "true";
  if (parameter === "statusCode") return "500";
  if (parameter === "contentTypeHeader") return "application/json";
  if (parameter === "service") return "ec2";
  return "1";
}

describe("FIS templates as AWS takes them", () => {
  let cloud: Cloud;
  let fis: FisClient;
  before(async () => {
    cloud = await startCloud();
    fis = new FisClient(clientSettings(cloud.endpoint));
  });
  after(() => cloud.close());

  const create = async (input: ReturnType<typeof templateInput>): Promise<string> =>
    (await fis.send(new CreateExperimentTemplateCommand({ ...input, clientToken: undefined })))
      .experimentTemplate?.id ?? "";
  const start = async (input: ReturnType<typeof templateInput>) =>
    (await fis.send(new StartExperimentCommand({ experimentTemplateId: await create(input) })))
      .experiment;

  it("can have every action that is listed", async () => {
    const { actions = [] } = await fis.send(new ListActionsCommand({ maxResults: 100 }));
    const ids = actions.map(({ id = "" }) => id).filter((id) => id.startsWith("aws:"));
    expect(ids).to.have.length(51);
    for (const actionId of ids) {
      const { action } = await fis.send(new GetActionCommand({ id: actionId }));
      const parameters = Object.entries(action?.parameters ?? {})
        .filter(([, { required }]) => required)
        .map(([name]) => [name, valueOf(name)] as const);
      const [[key, { resourceType }] = ["", { resourceType: "" }]] = Object.entries(
        action?.targets ?? {},
      );
      const needed: Record<string, Record<string, string>> = {
        "aws:elasticache:redis-replicationgroup": { availabilityZoneIdentifier: "us-east-1a" },
        "aws:elasticache:replicationgroup": { availabilityZoneIdentifier: "us-east-1a" },
        "aws:eks:pod": {
          ...{ clusterIdentifier: "c", namespace: "n" },
          ...{ selectorType: "podName", selectorValue: "p" },
        },
      };
      const targets = key !== "" && {
        t: {
          resourceType,
          resourceTags: { a: "b" },
          selectionMode: "PERCENT(50)",
          parameters: needed[resourceType ?? ""] ?? {},
        },
      };
      const id = await create(
        templateInput(
          {
            a: {
              actionId,
              parameters: Object.fromEntries(parameters),
              targets: key === "" ? {} : { [key]: "t" },
            },
          },
          { targets: targets || {} },
        ),
      );
      expect(id, actionId).to.match(/^EXT/);
    }
  });

  it("fail at their start for tags that no resource has, as on AWS", async () => {
    const experiment = await start(
      templateInput({ s: stop }, { targets: { machines: instances() } }),
    );
    expect(experiment?.state).to.deep.include({
      status: "failed",
      reason: "Target resolution returned empty set.",
    });
    expect(experiment?.state).to.have.nested.property("error.code", "InvalidTarget");
  });

  it("skip the action where they say so", async () => {
    const experiment = await start(
      templateInput(
        { s: stop },
        {
          targets: {
            machines: instances({ filters: [{ path: "State.Name", values: ["running"] }] }),
          },
          experimentOptions: { emptyTargetResolutionMode: "skip" },
        },
      ),
    );
    expect(experiment?.state?.status).to.equal("completed");
    expect(experiment?.actions?.["s"]?.state?.status).to.equal("skipped");
  });

  it("fail before anything happens for what is named and cannot be carried out", async () => {
    const machines = {
      resourceType: "aws:ec2:instance",
      resourceArns: ["arn:aws:ec2:us-east-1:000000000000:instance/i-1"],
      selectionMode: "ALL",
    };
    const experiment = await start(
      templateInput(
        {
          outage: { actionId: "localstack:generic:api-error" },
          s: { ...stop, startAfter: ["w"] },
          w: { actionId: "aws:fis:wait", parameters: { duration: "PT1M" } },
        },
        { targets: { machines } },
      ),
    );
    expect(experiment?.state?.status).to.equal("failed");
    expect(experiment?.state?.reason).to.include("aws:ec2:stop-instances");
    expect(experiment?.actions?.["outage"]?.state?.status).to.equal("cancelled");
    expect(experiment?.actions?.["s"]?.state?.status).to.equal("failed");
  });

  it("can give targets to an action of LocalStack, as the samples of its tests do", async () => {
    const sample = templateInput(
      { TerminateInstances: { actionId: "localstack:do-nothing", targets: stop.targets } },
      { targets: { machines: instances() } },
    );
    const spaced = `${crypto.randomUUID()} and something else`;
    const created = await fis.send(
      new CreateExperimentTemplateCommand({ ...sample, clientToken: spaced }),
    );
    expect(created.experimentTemplate?.actions?.["TerminateInstances"]?.targets).to.deep.equal(
      stop.targets,
    );
    expect((await start(sample))?.state?.status).to.equal("failed");
  });

  it("are refused for an unknown action, another target key and another type", async () => {
    const refusal = (actions: Parameters<typeof templateInput>[0], resourceType: string) =>
      failureOf(
        create(templateInput(actions, { targets: { machines: instances({ resourceType }) } })),
      );
    const unknown = await refusal({ s: { actionId: "aws:ec2:hibernate" } }, "aws:ec2:instance");
    expect(unknown.name).to.equal("ResourceNotFoundException");
    const key = await refusal({ s: { ...stop, targets: { Clusters: "machines" } } }, "aws:rds:db");
    expect(key.message).to.equal('Unexpected target "Clusters" found in action s.');
    const type = await refusal({ s: stop }, "aws:rds:db");
    expect(type.message).to.include("needs aws:ec2:instance");
    const long = await refusal({ s: stop }, `aws:${"x".repeat(125)}`);
    expect(long.message).to.include("128");
  });

  it("take what is empty as absent, as console exports write it", async () => {
    const id = await create(
      templateInput(
        {
          e: {
            actionId: "aws:lambda:invocation-error",
            parameters: { duration: "PT1M", preventExecution: "true" },
            targets: { Functions: "f" },
            startAfter: [],
          },
          w: { actionId: "aws:fis:wait", parameters: { duration: "PT1M" }, targets: {} },
        },
        {
          targets: {
            f: {
              ...{ resourceType: "aws:lambda:function", selectionMode: "ALL" },
              ...{ resourceTags: { a: "b" }, resourceArns: [], filters: [], parameters: {} },
            },
          },
          tags: {},
          logConfiguration: {} as never,
          experimentOptions: {},
        },
      ),
    );
    expect(id).to.match(/^EXT/);
  });

  it("are refused by name for logs in S3, which nobody would write", async () => {
    const failure = await failureOf(
      create(
        templateInput(
          { w: { actionId: "aws:fis:wait", parameters: { duration: "PT1M" } } },
          { logConfiguration: { logSchemaVersion: 2, s3Configuration: { bucketName: "bucket" } } },
        ),
      ),
    );
    expect(failure.name).to.equal("ValidationException");
    expect(failure.message).to.include("logConfiguration.s3Configuration");
  });

  it("take one client token for an operation and a Region", async () => {
    const wait = templateInput({
      w: { actionId: "aws:fis:wait", parameters: { duration: "PT1M" } },
    });
    const clientToken = crypto.randomUUID();
    const created = await fis.send(new CreateExperimentTemplateCommand({ ...wait, clientToken }));
    const experimentTemplateId = created.experimentTemplate?.id;
    const started = await fis.send(
      new StartExperimentCommand({ experimentTemplateId, clientToken }),
    );
    expect(started.experiment?.id).to.match(/^EXP/);
    const elsewhere = new FisClient({ ...clientSettings(cloud.endpoint), region: "eu-west-1" });
    const other = await elsewhere.send(
      new CreateExperimentTemplateCommand({ ...wait, description: "other", clientToken }),
    );
    expect(other.experimentTemplate?.id).to.match(/^EXT/);
    const again = await failureOf(
      fis.send(new CreateExperimentTemplateCommand({ ...wait, description: "other", clientToken })),
    );
    expect(again.name).to.equal("ConflictException");
  });

  it("assert the state of alarms", async () => {
    const cloudwatch = new CloudWatchClient(clientSettings(cloud.endpoint));
    const AlarmName = crypto.randomUUID();
    await cloudwatch.send(
      new PutMetricAlarmCommand({
        ...{ AlarmName, MetricName: "m", Namespace: "n", Statistic: "Sum", Period: 60 },
        ...{ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: "GreaterThanThreshold" },
      }),
    );
    await cloudwatch.send(
      new SetAlarmStateCommand({ AlarmName, StateValue: "OK", StateReason: "test" }),
    );
    const check = (alarmStates: string) =>
      start(
        templateInput({
          check: {
            actionId: "aws:cloudwatch:assert-alarm-state",
            parameters: {
              alarmArns: `arn:aws:cloudwatch:us-east-1:000000000000:alarm:${AlarmName}`,
              alarmStates,
            },
          },
          after: {
            actionId: "aws:fis:wait",
            parameters: { duration: "PT1M" },
            startAfter: ["check"],
          },
        }),
      );
    expect((await check("OK, INSUFFICIENT_DATA"))?.state?.status).to.equal("running");
    const failed = await check("ALARM");
    expect(failed?.state?.status).to.equal("failed");
    expect(failed?.state?.reason).to.include("is in the state OK, not in ALARM");
  });
});
