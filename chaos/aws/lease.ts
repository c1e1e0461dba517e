import {
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-fis";
import type { FisClient } from "@aws-sdk/client-fis";
import { CannotRunError } from "../cannot-run-error.ts";
import { describeOwner, formatOwner, parseOwner } from "../ownership/drill-owner.ts";
import type { DrillOwner } from "../ownership/drill-owner.ts";
import { registerFault } from "../ownership/faults-in-effect.ts";
import { isAlive } from "../ownership/is-alive.ts";

export interface Lease {
  release(): Promise<void>;
}

export const leaseKey = "outage-drill:lease";
/** Longer than a drill takes; on another host, a drill that was killed holds the stack for as long. */
const leaseMs = 2 * 3_600_000;

export interface HeldLease {
  /** Undefined when it was written by a drill of an older version. */
  readonly owner: DrillOwner | undefined;
  /** ISO 8601. */
  readonly until: string;
}

/** The lease among a template's tags; undefined when there is none or it has ended. */
export function readLease(tags: Readonly<Record<string, string>>): HeldLease | undefined {
  const text = tags[leaseKey];
  const until = text?.split(/ |until=/).at(-1) ?? "";
  if (text === undefined || !(Date.parse(until) > Date.now())) return undefined;
  return { owner: parseOwner(text), until };
}

/**
 * Takes a stack for one drill: a tag on one of its FIS templates says who has it, and until when.
 * Tags cannot be set on a condition; two drills that begin in the same moment are told apart by
 * reading back, and by the experiments that FIS lists as active. The lease of a drill of this host
 * that has ended without releasing it is taken over.
 *
 * @throws CannotRunError when another drill has it
 */
export async function takeLease(
  fis: FisClient,
  resourceArn: string,
  owner: DrillOwner,
): Promise<Lease> {
  await assertFree(fis, resourceArn, owner);
  const until = new Date(Date.now() + leaseMs).toISOString();
  const value = `${formatOwner(owner)} until=${until}`;
  await fis.send(new TagResourceCommand({ resourceArn, tags: { [leaseKey]: value } }));
  const release = async () => {
    const held = await read(fis, resourceArn);
    if (held?.owner?.id === owner.id)
      await fis.send(new UntagResourceCommand({ resourceArn, tagKeys: [leaseKey] }));
    forget();
  };
  const forget = registerFault({
    what: `the lease of this drill on ${resourceArn}`,
    remedy: `aws fis untag-resource --resource-arn ${resourceArn} --tag-keys ${leaseKey}`,
    undo: release,
  });
  await assertFree(fis, resourceArn, owner).catch((error: unknown) => {
    forget();
    throw error;
  });
  return { release };
}

async function assertFree(fis: FisClient, resourceArn: string, owner: DrillOwner): Promise<void> {
  const held = await read(fis, resourceArn);
  if (!held || held.owner?.id === owner.id) return;
  const { until } = held;
  if (held.owner && !isAlive(held.owner, { leaseUntil: until })) return;
  const who = held.owner ? `, ${describeOwner(held.owner).replace(/ \((.*)\)$/, ", $1")}` : "";
  throw new CannotRunError(
    `Another drill has this stack until ${until}${who}: wait for its end, or, if it is dead, ` +
      `aws fis untag-resource --resource-arn ${resourceArn} --tag-keys ${leaseKey}.`,
  );
}

async function read(fis: FisClient, resourceArn: string): Promise<HeldLease | undefined> {
  const { tags = {} } = await fis.send(new ListTagsForResourceCommand({ resourceArn }));
  return readLease(tags);
}
