import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { FisClient, GetExperimentCommand } from "@aws-sdk/client-fis";
import { expect } from "chai";
import { type Cloud, startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { startTemplate, untilStatus } from "./start-template.ts";
import { templateInput } from "./template-input.ts";

const outage = {
  fail: {
    actionId: "localstack:generic:api-error",
    parameters: { service: "dynamodb" },
  },
};

const arnOf = (alarm: string) => `arn:aws:cloudwatch:us-east-1:000000000000:alarm:${alarm}`;

describe("Stop conditions of experiments", () => {
  let cloud: Cloud;
  let cloudwatch: CloudWatchClient;
  let fis: FisClient;

  before(async () => {
    cloud = await startCloud();
    cloudwatch = new CloudWatchClient(clientSettings(cloud.endpoint));
    fis = new FisClient(clientSettings(cloud.endpoint));
  });

  after(async () => {
    cloudwatch.destroy();
    fis.destroy();
    await cloud.close();
  });

  /** An alarm on the metric of its own name; `ignore` keeps it in the state that it is set to. */
  async function putAlarm(AlarmName: string, TreatMissingData = "ignore"): Promise<void> {
    await cloudwatch.send(
      new PutMetricAlarmCommand({
        AlarmName,
        Namespace: "Test",
        MetricName: AlarmName,
        Statistic: "Sum",
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 0,
        ComparisonOperator: "GreaterThanThreshold",
        TreatMissingData,
      }),
    );
  }
  const setState = (AlarmName: string, StateValue: "OK" | "ALARM") =>
    cloudwatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "test" }));
  const start = (...alarms: string[]) =>
    startTemplate(
      fis,
      templateInput(outage, {
        stopConditions: alarms.map((alarm) => ({
          source: "aws:cloudwatch:alarm",
          value: arnOf(alarm),
        })),
      }),
    );
  const faults = async () => {
    const answer = await fetch(`${cloud.endpoint}/_localstack/chaos/faults`);
    return (await answer.json()) as unknown[];
  };
  const experimentOf = async (id: string) =>
    (await fis.send(new GetExperimentCommand({ id }))).experiment;

  it("stop an experiment as soon as their alarm fires, and end its faults", async () => {
    await putAlarm("firing", "notBreaching");
    await putAlarm("quiet");
    const { id, state } = await start("quiet", "firing");
    expect(state?.status).to.equal("running");
    await cloudwatch.send(
      new PutMetricDataCommand({
        Namespace: "Test",
        MetricData: [{ MetricName: "firing", Value: 1 }],
      }),
    );
    const stopped = await untilStatus(fis, id, "stopped");
    expect(stopped.state?.reason).to.equal(
      `Experiment halted by stop condition: ${arnOf("firing")} is in ALARM.`,
    );
    expect(stopped.actions?.["fail"]?.state?.status).to.equal("stopped");
    expect(await faults()).to.deep.equal([]);
  });

  it("stop an experiment before its first action while their alarm is in ALARM", async () => {
    await putAlarm("already");
    await setState("already", "ALARM");
    const { id, state, actions } = await start("already");
    expect(state?.status).to.equal("stopped");
    expect(state?.reason).to.match(/halted by stop condition/);
    expect(actions?.["fail"]?.state?.status).to.equal("cancelled");
    await setState("already", "OK");
    expect((await experimentOf(id))?.state?.status).to.equal("stopped");
  });

  it("leave an experiment alone that has other alarms, or none", async () => {
    await putAlarm("mine");
    await putAlarm("other");
    const watched = await start("mine");
    const unwatched = await startTemplate(fis, templateInput(outage));
    await setState("other", "ALARM");
    await setState("mine", "OK");
    expect((await experimentOf(watched.id))?.state?.status).to.equal("running");
    await setState("mine", "ALARM");
    expect((await experimentOf(watched.id))?.state?.status).to.equal("stopped");
    expect((await experimentOf(unwatched.id))?.state?.status).to.equal("running");
  });

  it("need an alarm that is there", async () => {
    const failure = await failureOf(start("absent"));
    expect(failure.name).to.equal("ValidationException");
    expect(failure.message).to.equal(
      `The alarm of a stop condition is not there: ${arnOf("absent")}.`,
    );
  });
});
