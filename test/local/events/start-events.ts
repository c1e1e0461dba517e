import { EventBridge, type PutEventsRequestEntry, type Target } from "@aws-sdk/client-eventbridge";
import { untilMet } from "../../support/until-met.ts";
import { clientSettings } from "../../support/client-settings.ts";
import { type StartedSns, startSns } from "../sns/start-sns.ts";

export const arnOf = (service: string, name: string): string =>
  `arn:aws:${service}:us-east-1:000000000000:${name}`;

/** A policy that lets EventBridge do `action`; `source` limits it to a rule. */
export function policyFor(action: string, resource: string, source = "*"): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: action,
      Resource: resource,
      Condition: { ArnLike: { "aws:SourceArn": source } },
    },
  });
}

/** A cloud, and shorthands for rules and their targets. */
export async function startEvents() {
  const cloud: StartedSns = await startSns();
  const events = new EventBridge(clientSettings(cloud.endpoint));
  let created = 0;
  return {
    ...cloud,
    events,
    /** A queue that takes the events of a rule, and its ARN. */
    async openQueue(suffix = "", source = "*"): Promise<{ url: string; arn: string }> {
      const { name, url } = await cloud.queue(undefined, suffix);
      const arn = arnOf("sqs", name);
      const { SetQueueAttributesCommand } = await import("@aws-sdk/client-sqs");
      const Policy = policyFor("sqs:SendMessage", arn, source);
      await cloud.sqs.send(
        new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }),
      );
      return { url, arn };
    },
    /** A rule for events of a source of this name, with its target; answers the name and source. */
    async rule(target: Omit<Target, "Id">, pattern?: object): Promise<string> {
      const Name = `rule-${String(++created)}`;
      const EventPattern = JSON.stringify(pattern ?? { source: [Name] });
      await events.putRule({ Name, EventPattern });
      await events.putTargets({ Rule: Name, Targets: [{ Id: "one", ...target }] });
      return Name;
    },
    put: (Source: string, detail: object = {}, more: PutEventsRequestEntry = {}) =>
      events.putEvents({
        Entries: [{ Source, DetailType: "happened", Detail: JSON.stringify(detail), ...more }],
      }),
    /** The body of the next message of a queue. */
    async nextBody(url: string): Promise<string> {
      return (await cloud.next(url)).Body ?? "";
    },
    loggedFor: (event: string, rule: string) =>
      untilMet(`A log entry ${event} of ${rule}`, () =>
        Promise.resolve(
          cloud.entries.find(
            (entry) => entry.event === event && String(Reflect.get(entry, "rule")).endsWith(rule),
          ),
        ),
      ),
    async close(): Promise<void> {
      events.destroy();
      await cloud.close();
    },
  };
}

export type StartedEvents = Awaited<ReturnType<typeof startEvents>>;
