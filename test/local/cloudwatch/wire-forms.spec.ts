import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import { SmithyRpcV2CborProtocol } from "@smithy/core/cbor";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failureOf } from "../../support/failure-of.ts";
import { type StartedCloudwatch, startCloudwatch } from "./start-cloudwatch.ts";

const version = "Version=2010-08-01";

describe("CloudWatch's protocols", () => {
  let started: StartedCloudwatch;

  before(async () => {
    started = await startCloudwatch();
  });

  after(async () => {
    await started[Symbol.asyncDispose]();
  });

  async function sendForm(form: string): Promise<{ status: number; text: string }> {
    const response = await fetch(started.endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        authorization:
          "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0",
      },
      body: form,
    });
    return { status: response.status, text: await response.text() };
  }

  it("are told apart by the request: query", async () => {
    const put = await sendForm(
      `Action=PutMetricAlarm&${version}&AlarmName=form&Namespace=Test&MetricName=Form&Statistic=Sum` +
        "&Dimensions.member.1.Name=A&Dimensions.member.1.Value=1&Period=60&EvaluationPeriods=2" +
        "&Threshold=1.5&ComparisonOperator=LessThanThreshold&ActionsEnabled=false" +
        "&OKActions=&Tags.member.1.Key=Team&Tags.member.1.Value=red",
    );
    expect(put.status).to.equal(200);
    expect(put.text).to.match(
      /^<PutMetricAlarmResponse xmlns="http:\/\/monitoring\.amazonaws\.com\/doc\/2010-08-01\/"><ResponseMetadata><RequestId>[\w-]+<\/RequestId><\/ResponseMetadata><\/PutMetricAlarmResponse>$/,
    );
    expect(await started.describeAlarm("form")).to.deep.include({
      Dimensions: [{ Name: "A", Value: "1" }],
      EvaluationPeriods: 2,
      Threshold: 1.5,
      ActionsEnabled: false,
      OKActions: [],
    });
    const { text } = await sendForm(`Action=DescribeAlarms&${version}&AlarmNames.member.1=form`);
    expect(text).to.include("<MetricAlarms><member><AlarmName>form</AlarmName>");
    expect(text).to.include(
      "<Dimensions><member><Name>A</Name><Value>1</Value></member></Dimensions>",
    );
    expect(text).to.match(/<StateUpdatedTimestamp>\d{4}-\d\d-\d\dT[\d:.]+Z</);
  });

  it("are told apart by the request: CBOR", async () => {
    const client = new CloudWatchClient({
      ...clientSettings(started.endpoint),
      protocol: new SmithyRpcV2CborProtocol({
        defaultNamespace: "com.amazonaws.cloudwatch",
        errorTypeRegistries: [],
      }),
    });
    await client.send(
      new PutMetricAlarmCommand({
        AlarmName: "binary",
        Namespace: "Test",
        MetricName: "Binary",
        Statistic: "Sum",
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 2.5,
        ComparisonOperator: "GreaterThanThreshold",
      }),
    );
    const { MetricAlarms } = await client.send(
      new DescribeAlarmsCommand({ AlarmNames: ["binary"] }),
    );
    expect(MetricAlarms?.[0]).to.deep.include({ AlarmName: "binary", Threshold: 2.5 });
    expect(MetricAlarms?.[0]?.StateUpdatedTimestamp).to.be.instanceOf(Date);
    const failure = await failureOf(
      client.send(
        new SetAlarmStateCommand({ AlarmName: "absent", StateValue: "OK", StateReason: "" }),
      ),
    );
    expect(failure.message).to.equal("No such alarm: absent");
    expect(failure.$metadata?.httpStatusCode).to.equal(404);
    client.destroy();
  });

  it("carry errors, each in its own form", async () => {
    const { status, text } = await sendForm(
      `Action=SetAlarmState&${version}&AlarmName=absent&StateValue=OK&StateReason=x`,
    );
    expect(status).to.equal(404);
    expect(text).to.include(
      "<Error><Type>Sender</Type><Code>ResourceNotFound</Code><Message>No such alarm: absent</Message></Error>",
    );
    const json = await fetch(started.endpoint, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": "GraniteServiceVersion20100801.GetMetricStatistics",
      },
      body: JSON.stringify({
        Namespace: "Test",
        MetricName: "x",
        StartTime: 2000,
        EndTime: 1000,
        Period: 60,
        Statistics: ["Sum"],
      }),
    });
    expect(json.status).to.equal(400);
    expect(json.headers.get("x-amzn-query-error")).to.equal("InvalidParameterValue;Sender");
    expect(await json.json()).to.deep.include({ __type: "InvalidParameterValueException" });
  });

  it("answer an operation that is not there in kind, and log it", async () => {
    const { status, text } = await sendForm(`Action=PutDashboard&${version}`);
    expect(status).to.equal(400);
    expect(text).to.include("<Code>InvalidAction</Code>");
    const cbor = await fetch(
      `${started.endpoint}/service/GraniteServiceVersion20100801/operation/PutDashboard`,
      {
        method: "POST",
        headers: {
          "smithy-protocol": "rpc-v2-cbor",
          authorization:
            "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0",
        },
      },
    );
    expect(cbor.status).to.equal(400);
    expect(cbor.headers.get("smithy-protocol")).to.equal("rpc-v2-cbor");
    const unknown = started.log.filter(({ event }) => event === "unknown-operation");
    expect(unknown.map(({ operation }) => operation)).to.deep.equal([
      "PutDashboard",
      "POST /service/GraniteServiceVersion20100801/operation/PutDashboard",
    ]);
  });
});
