import { createWriteStream } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type { DrillOptions } from "../drill.ts";

/**
 * What `--rehearse-aws` deploys with. On the embedded cloud, Lambda itself does what FIS's extension
 * does on AWS, so that no layer is fetched; its ARN is AWS's form of one (FIS User Guide).
 */
const rehearsal = {
  awsExperimentTemplates: "true",
  lambdaFaults: "true",
  fisExtensionLayerArn: "arn:aws:lambda:us-east-1:211125607513:layer:aws-fis-extension-x86_64:1",
};

export interface EmbeddedClouds {
  readonly openTarget: DrillOptions["openTarget"];
  /** Two clouds are as many as a small machine serves without making the measurements worthless. */
  readonly lanes: number;
  /** Ends the log. */
  close(): void;
}

/**
 * Embedded clouds, each with the stack deployed in the configuration that is asked for. What they log,
 * every fired fault among it, goes to `cloud.log`.
 */
export function embeddedClouds(
  directory: string,
  { rehearseAws, seed }: { readonly rehearseAws: boolean; readonly seed: string },
): EmbeddedClouds {
  const logFile = createWriteStream(join(directory, "cloud.log"));
  return {
    lanes: Math.min(2, availableParallelism()),
    async openTarget(config) {
      const { startCloudProcess } = await import("../../local/cloud-apart.ts");
      const { createLog } = await import("../../local/log.ts");
      const cloud = await startCloudProcess({
        port: 0,
        seed,
        config: { ...(rehearseAws && rehearsal), ...config },
        log: createLog(logFile),
      });
      return {
        ...cloud,
        isEmbedded: true,
        disturbance: () => Promise.resolve(cloud.problem()),
      };
    },
    close() {
      logFile.end();
    },
  };
}
