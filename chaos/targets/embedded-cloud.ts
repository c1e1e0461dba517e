import { createWriteStream } from "node:fs";
import { join } from "node:path";
import type { DrillOptions } from "../drill.ts";
import { describe } from "../stack/read-stack.ts";

/**
 * What `--rehearse-aws` deploys with. On the embedded cloud, Lambda itself does what FIS's extension
 * does on AWS, so that no layer is fetched; its ARN is AWS's form of one (FIS User Guide).
 */
const rehearsal = {
  awsExperimentTemplates: "true",
  lambdaFaults: "true",
  fisExtensionLayerArn: "arn:aws:lambda:us-east-1:211125607513:layer:aws-fis-extension-x86_64:1",
};

export interface EmbeddedCloudsOptions {
  /** Whether the whole catalogue runs. */
  readonly all: boolean;
  readonly rehearseAws: boolean;
  /** Folder of the Pulumi program that is deployed. Default: this repository's. */
  readonly program?: string | undefined;
  /** Configuration of its stack that wins over the stack's file. */
  readonly config?: Readonly<Record<string, string>>;
  /** What the dice of the clouds' faults come from. */
  readonly seed: string;
}

export interface EmbeddedClouds {
  readonly openTarget: DrillOptions["openTarget"];
  /**
   * Two clouds are as many as two cores serve without a visible price in latency. Of the whole
   * catalogue a part is only waiting, for a visibility timeout or for a backlog.
   */
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
  { all, rehearseAws, program, config: given = {}, seed }: EmbeddedCloudsOptions,
): EmbeddedClouds {
  const logFile = createWriteStream(join(directory, "cloud.log"));
  return {
    lanes: all ? 3 : 2,
    async openTarget(config, { isPatient = false } = {}) {
      const { startCloudProcess } = await import("../../local/cloud-apart.ts");
      const { createLog } = await import("../../local/log.ts");
      const cloud = await startCloudProcess({
        port: 0,
        seed,
        isPatient,
        ...(program !== undefined && { program }),
        config: { ...(rehearseAws && rehearsal), ...given, ...config },
        log: createLog(logFile),
      });
      const { outputs, resources, endpoint } = cloud;
      return {
        ...cloud,
        ...describe(outputs as unknown as Record<string, unknown>, resources, { endpoint }),
        isEmbedded: true,
        disturbance: () => Promise.resolve(cloud.problem()),
      };
    },
    close() {
      logFile.end();
    },
  };
}
