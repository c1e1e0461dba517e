import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  type MetricAlarm,
  type PutMetricAlarmCommandInput,
} from "@aws-sdk/client-cloudwatch";
import { startCloud } from "../../../local/cloud.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { untilMet } from "../../support/until-met.ts";

export interface StartedCloudwatch extends AsyncDisposable {
  readonly endpoint: string;
  readonly cloudwatch: CloudWatchClient;
  readonly log: readonly Record<string, unknown>[];
  /** Puts an alarm on the sum of the metric `Test Errors` above 0, in one minute. */
  putAlarm(name: string, changed?: Partial<PutMetricAlarmCommandInput>): Promise<void>;
  describeAlarm(name: string): Promise<MetricAlarm | undefined>;
  /** The alarm once it has the state. */
  untilState(name: string, state: string): Promise<MetricAlarm>;
}

/** The embedded cloud and a CloudWatch client for it. */
export async function startCloudwatch(): Promise<StartedCloudwatch> {
  const log: Record<string, unknown>[] = [];
  const cloud = await startCloud({ log: (entry) => log.push(entry) });
  const cloudwatch = new CloudWatchClient(clientSettings(cloud.endpoint));
  const describeAlarm = async (name: string) => {
    const answer = await cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
    return answer.MetricAlarms?.[0];
  };
  return {
    endpoint: cloud.endpoint,
    cloudwatch,
    log,
    async putAlarm(name, changed = {}) {
      await cloudwatch.send(
        new PutMetricAlarmCommand({
          AlarmName: name,
          Namespace: "Test",
          MetricName: "Errors",
          Statistic: "Sum",
          Period: 60,
          EvaluationPeriods: 1,
          Threshold: 0,
          ComparisonOperator: "GreaterThanThreshold",
          TreatMissingData: "notBreaching",
          ...changed,
        }),
      );
    },
    describeAlarm,
    untilState: (name, state) =>
      untilMet(`${name} is ${state}`, async () => {
        const alarm = await describeAlarm(name);
        return alarm?.StateValue === state ? alarm : undefined;
      }),
    async [Symbol.asyncDispose]() {
      cloudwatch.destroy();
      await cloud.close();
    },
  };
}
