import {
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-fis";
import type { FisClient } from "@aws-sdk/client-fis";
import { randomUUID } from "node:crypto";
import { CannotRunError } from "../cannot-run-error.ts";

export interface Lease {
  release(): Promise<void>;
}

const tag = "outage-drill:lease";
/** Longer than a drill takes; a drill that was killed holds the stack for as long. */
const leaseMs = 2 * 3_600_000;

/**
 * Takes a stack for one drill: a tag on one of its FIS templates says who has it, and until when.
 * Tags cannot be set on a condition; two drills that begin in the same moment are told apart by
 * reading back, and by the experiments that FIS lists as active.
 *
 * @throws CannotRunError when another drill has it
 */
export async function takeLease(fis: FisClient, resourceArn: string): Promise<Lease> {
  const holder = randomUUID();
  await assertFree(fis, resourceArn, holder);
  const until = new Date(Date.now() + leaseMs).toISOString();
  await fis.send(new TagResourceCommand({ resourceArn, tags: { [tag]: `${holder} ${until}` } }));
  await assertFree(fis, resourceArn, holder);
  return {
    async release() {
      const [current] = await read(fis, resourceArn);
      if (current === holder)
        await fis.send(new UntagResourceCommand({ resourceArn, tagKeys: [tag] }));
    },
  };
}

async function assertFree(fis: FisClient, resourceArn: string, holder: string): Promise<void> {
  const [current, until = ""] = await read(fis, resourceArn);
  if (current === undefined || current === holder || !(Date.parse(until) > Date.now())) return;
  throw new CannotRunError(
    `Another drill has this stack until ${until}: wait for its end, or, if it is dead, ` +
      `aws fis untag-resource --resource-arn ${resourceArn} --tag-keys ${tag}.`,
  );
}

async function read(fis: FisClient, resourceArn: string): Promise<string[]> {
  const { tags = {} } = await fis.send(new ListTagsForResourceCommand({ resourceArn }));
  return tags[tag]?.split(" ") ?? [];
}
