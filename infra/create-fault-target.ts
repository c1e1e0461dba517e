import type * as pulumi from "@pulumi/pulumi";
import type { FaultTarget } from "outage-drill/write-buffer";
import { FIS_READY } from "./fault-target.ts";
import { LambdaFaultBucket } from "./lambda-fault-bucket.ts";
import type { Settings } from "./settings.ts";

/** @returns what makes functions targets of experiments on AWS; undefined when nothing should. */
export function createFaultTarget(
  name: string,
  { awsExperiments, emulator }: Settings,
  opts: pulumi.ComponentResourceOptions,
): FaultTarget | undefined {
  if (!awsExperiments) return undefined;
  const { extensionLayerArn: layerArn } = awsExperiments;
  return {
    tags: FIS_READY,
    extension:
      layerArn === undefined
        ? undefined
        : new LambdaFaultBucket(name, { layerArn, emulated: emulator !== undefined }, opts)
            .extension,
  };
}
