import { StartExperimentCommand, TagResourceCommand } from "@aws-sdk/client-fis";
import type { FisClient } from "@aws-sdk/client-fis";
import { randomUUID } from "node:crypto";
import { sendKeepingBody } from "../../aws/keep-body.ts";
import { leaseTags, ownerTags } from "../../ownership/owner-tags.ts";
import { keepRenewed } from "../../ownership/renew.ts";
import type { DrillOwner } from "../../ownership/drill-owner.ts";

export interface StartedExperiment {
  readonly id: string;
  /** Ends the renewing of its lease. */
  stopRenewing(): void;
}

export interface StartOptions {
  readonly templateId: string;
  readonly owner: DrillOwner;
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether FIS ends the experiment when its lease is not renewed, as the embedded cloud's does. */
  readonly isLeased: boolean;
}

/** Starts an experiment whose tags name its owner and, until when, its lease; renews the lease. */
export async function startExperiment(
  fis: FisClient,
  { templateId, owner, tags, isLeased }: StartOptions,
): Promise<StartedExperiment> {
  const answer = (await sendKeepingBody(
    fis,
    new StartExperimentCommand({
      clientToken: randomUUID(),
      experimentTemplateId: templateId,
      tags: { ...tags, ...ownerTags(owner), ...(isLeased && leaseTags()) },
    }),
  )) as { experiment?: { id?: string; arn?: string } };
  const { id, arn: resourceArn } = answer.experiment ?? {};
  if (id === undefined) throw new Error("FIS answered without experiment.id.");
  // An emulator whose experiments have no ARN has no leases either.
  if (!isLeased || resourceArn === undefined) return { id, stopRenewing: () => undefined };
  const renewal = keepRenewed(() =>
    fis.send(new TagResourceCommand({ resourceArn, tags: leaseTags() })),
  );
  return {
    id,
    stopRenewing() {
      renewal.stop();
    },
  };
}
