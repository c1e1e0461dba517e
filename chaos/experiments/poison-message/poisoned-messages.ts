import type { CheckContext } from "../../harness/check-context.ts";
import type { Check } from "../../harness/experiment.ts";
import type { DeadLetter } from "../../harness/probes/dead-letters.ts";
import { hold } from "../../harness/step-errors.ts";

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
  run: async (context) => {
    const bodies = poisons(context.keyPrefix);
    for (const body of bodies) await context.sendToQueue(body);
    return `${String(bodies.length)} messages`;
  },
};

const areDeadLetters: Check = {
  name: "each of them is in the dead-letter queue with its reason, and nothing else is",
  run: async (context) => {
    const letters = await context.deadLetters();
    const bodies = poisons(context.keyPrefix);
    const missing = bodies.filter((poison) => !letters.some(({ body }) => body === poison));
    hold(missing.length === 0, `Not there: ${missing.join(" ")}`);
    const mute = letters.filter(({ attributes }) => !attributes["reason"]);
    hold(mute.length === 0, `Without a reason: ${mute.map(({ body }) => body).join(" ")}`);
    const others = letters.filter(({ body }) => !bodies.includes(body));
    hold(others.length === 0, `Also there: ${others.map(({ body }) => body).join(" ")}`);
    await removeAll(context, letters);
    return letters.map(({ attributes }) => attributes["detail"]).join(" ");
  },
};

/** The drill has put them there, and nobody else could do anything with them. */
async function removeAll(context: CheckContext, letters: readonly DeadLetter[]): Promise<void> {
  await context.removeDeadLetters(letters.map(({ messageId }) => messageId));
}

export const poisonedMessages = { send, areDeadLetters };
