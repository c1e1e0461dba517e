import { EventBridge } from "@aws-sdk/client-eventbridge";
import { expect } from "chai";
import type { clientSettings } from "../../support/client-settings.ts";

/** What the program every-resource has of EventBridge. */
export async function expectEventRule(
  settings: ReturnType<typeof clientSettings>,
  output: (resource: string, name: string) => string,
): Promise<void> {
  const client = new EventBridge(settings);
  const EventBusName = output("bus", "name");
  expect(EventBusName).to.match(/^bus-[0-9a-f]{7}$/);
  expect(output("rule", "id")).to.equal(`${EventBusName}/${output("rule", "name")}`);
  const { Targets } = await client.listTargetsByRule({
    ...{ Rule: output("rule", "name"), EventBusName },
  });
  expect(Targets).to.deep.equal([
    {
      ...{ Id: "worker", Arn: output("worker", "arn") },
      InputTransformer: { InputPathsMap: { id: "$.detail.id" }, InputTemplate: '{"id": <id>}' },
      RetryPolicy: { MaximumEventAgeInSeconds: 60, MaximumRetryAttempts: 3 },
      DeadLetterConfig: { Arn: output("deadLetters", "arn") },
    },
  ]);
  expect((await client.describeEventBus({ Name: EventBusName })).Policy).to.include("putting");
  expect((await client.describeEventBus({})).Policy).to.include("Deny");
  client.destroy();
}
