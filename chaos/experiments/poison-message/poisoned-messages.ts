import type { CheckContext } from "../../harness/check-context.ts";
import type { Check } from "../../harness/experiment.ts";
import { SendMessageCommand } from "@aws-sdk/client-sqs";
import { deadLetters } from "../../probes/dead-letters.ts";
import type { DeadLetter } from "../../probes/dead-letters.ts";
import { hold } from "../../harness/step-errors.ts";

const deadlineMs = 20_000;

/** Told apart by the id of the run, which each of them carries. */
const poisons = (run: string): readonly string[] => [
  `not JSON at all, ${run}`,
  JSON.stringify({ schemaVersion: 99, note: `of a version to come, ${run}` }),
  JSON.stringify({ schemaVersion: 1, product: { id: run }, version: 1 }),
  JSON.stringify({ schemaVersion: 1, product: { id: run, price: "not a number" }, version: 1 }),
  JSON.stringify({ schemaVersion: 1, product: { id: run, price: "1" }, version: "now" }),
  `["${run}"]`,
];

const send: Check = {
  name: "messages that nobody can process are sent to the queue",
  run: async ({ app, keyPrefix }) => {
    const bodies = poisons(keyPrefix);
    const QueueUrl = app.output("productEventsQueueUrl");
    for (const MessageBody of bodies)
      await app.aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }), {
        abortSignal: app.signal,
      });
    return `${String(bodies.length)} messages`;
  },
};

const areDeadLetters: Check = {
  name: "each of them is in the dead-letter queue with its reason, and nothing else is",
  run: async (context) => {
    const bodies = poisons(context.keyPrefix);
    const letters = (await read(context)).filter(({ body }) => bodies.includes(body));
    const missing = bodies.filter((poison) => !letters.some(({ body }) => body === poison));
    hold(missing.length === 0, `Not there: ${missing.join(" ")}`);
    const mute = letters.filter(({ attributes }) => !attributes["reason"]);
    hold(mute.length === 0, `Without a reason: ${mute.map(({ body }) => body).join(" ")}`);
    const others = (await context.givenUp()).filter(
      (effect) =>
        effect.key !== context.keyPrefix && !("put" in effect && bodies.includes(effect.put)),
    );
    hold(
      others.length === 0,
      `Also there: ${others.map((each) => JSON.stringify(each)).join(" ")}`,
    );
    // The drill has put them there, and nobody else could do anything with them.
    await read(context, new Set(letters.map(({ messageId }) => messageId)));
    return letters.map(({ attributes }) => attributes["detail"]).join(" ");
  },
};

function read(
  { app }: CheckContext,
  remove: ReadonlySet<string> = new Set(),
): Promise<readonly DeadLetter[]> {
  const queueUrl = app.output("productEventsDeadLetterQueueUrl");
  return deadLetters(app.aws.sqs, queueUrl, { deadlineMs, signal: app.signal, remove });
}

export const poisonedMessages = { send, areDeadLetters };
