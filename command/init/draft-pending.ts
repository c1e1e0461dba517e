import type { Application } from "./application.ts";
import { type Draft, openPoint, property, quoted } from "./draft.ts";

const depthOf = `/** How many messages a queue holds: waiting, being worked on, and delayed. */
async function depthOf(app: App, queue: string): Promise<number> {
  const { url } = app.resource("aws:sqs/queue:Queue", queue);
  const names = [
    "ApproximateNumberOfMessages",
    "ApproximateNumberOfMessagesNotVisible",
    "ApproximateNumberOfMessagesDelayed",
  ] as const;
  const { Attributes = {} } = await app.aws.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: String(url), AttributeNames: [...names] }),
  );
  return names.reduce((sum, name) => sum + Number(Attributes[name] ?? 0), 0);
}`;

/** What acknowledged writes still wait in: every queue but those of dead letters. */
export function draftPending({ queues }: Application): Draft | undefined {
  const waiting = queues.filter(({ isDeadLetterQueue }) => !isDeadLetterQueue);
  if (waiting.length === 0) return undefined;
  return {
    lines: [
      "async pending(app) {",
      "  return {",
      ...waiting.map(({ name }) => `    ${property(name)}: await depthOf(app, ${quoted(name)}),`),
      "  };",
      "},",
    ],
    imports: {
      "@aws-sdk/client-sqs": ["GetQueueAttributesCommand"],
      "outage-drill/workload": ["App"],
    },
    helpers: [depthOf],
  };
}

/** What was given up on, where the program has a queue for it. */
export function draftGivenUp({ queues }: Application): Draft | undefined {
  const names = queues.filter(({ isDeadLetterQueue }) => isDeadLetterQueue).map(({ name }) => name);
  if (names.length === 0) return undefined;
  const what = `which effects the messages of ${names.join(" and ")} stand for: receive them without deleting any`;
  return { lines: ["async givenUp(app) {", `  return ${openPoint(what, "app")};`, "},"] };
}
