import { expect } from "chai";
import { actionsOfCall } from "../../../local/iam/action-of-call.ts";
import { createCloudwatchService } from "../../../local/services/cloudwatch/cloudwatch-service.ts";
import type { AwsCall, Protocol } from "../../../local/wire/aws-call.ts";
import { writeCbor } from "../../../local/wire/cbor.ts";

function call(operation: string, protocol: Protocol, body: string | Buffer): AwsCall {
  return {
    requestId: "1",
    service: "monitoring",
    operation,
    protocol,
    region: "us-east-1",
    accountId: "000000000000",
    accessKeyId: undefined,
    roleArn: undefined,
    request: {
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from(body),
    },
  };
}

const alarm = (name: string) => `arn:aws:cloudwatch:us-east-1:000000000000:alarm:${name}`;

describe("cloudwatchActions", () => {
  for (const [protocol, body] of [
    ["query", "Action=DeleteAlarms&AlarmNames.member.1=a&AlarmNames.member.2=b"],
    ["json-1.0", '{"AlarmNames":["a","b"]}'],
    ["rpc-v2-cbor", writeCbor({ AlarmNames: ["a", "b"] })],
  ] as const)
    it(`reads the alarms of a call in ${protocol}`, () => {
      expect(actionsOfCall(call("DeleteAlarms", protocol, body))).to.deep.equal([
        { action: "cloudwatch:DeleteAlarms", resource: alarm("a") },
        { action: "cloudwatch:DeleteAlarms", resource: alarm("b") },
      ]);
    });

  it("knows every operation of the service", async () => {
    const service = createCloudwatchService({
      accountId: "000000000000",
      queues: {
        sample: () => [],
        oldestMessageAgeSeconds: () => 0,
      },
      publish: () => Promise.resolve(),
      log: () => undefined,
    });
    await service.close?.();
    const unknown = service.operations.filter(
      (operation) => !actionsOfCall(call(operation, "json-1.0", "{}")),
    );
    expect(unknown).to.deep.equal([]);
  });
});
