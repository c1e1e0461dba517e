import * as pulumi from "@pulumi/pulumi";
import type { ExperimentTemplate } from "./outputs.ts";
import { burstAfterRecovery } from "./templates/burst-after-recovery.ts";
import { connectionReset } from "./templates/connection-reset.ts";
import { denied } from "./templates/denied.ts";
import { latency } from "./templates/latency.ts";
import { lostAcknowledgement } from "./templates/lost-acknowledgement.ts";
import { outageWithoutWriteBuffer } from "./templates/outage-without-write-buffer.ts";
import { mixedFailures } from "./templates/mixed-failures.ts";
import { outage } from "./templates/outage.ts";
import { partialOutage } from "./templates/partial-outage.ts";
import { poisonMessage } from "./templates/poison-message.ts";
import { queueOutage } from "./templates/queue-outage.ts";
import { retryFunctionFailure } from "./templates/retry-function-failure.ts";
import { slowDatabase } from "./templates/slow-database.ts";
import { staleReplay } from "./templates/stale-replay.ts";
import { throttling } from "./templates/throttling.ts";
import { totalOutage } from "./templates/total-outage.ts";
import { unparsable } from "./templates/unparsable.ts";
import { writeOutage } from "./templates/write-outage.ts";

export interface ExperimentTemplatesArgs {
  /** Name of the function that takes writes out of the queue. */
  retryFunctionName: string;
}

/** The experiments this stack can be drilled with, by scenario, as CreateExperimentTemplate takes them. */
export class ExperimentTemplates extends pulumi.ComponentResource {
  readonly templates: Readonly<Record<string, ExperimentTemplate>>;

  constructor(name: string, args: ExperimentTemplatesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("outage-drill:infra:ExperimentTemplates", name, {}, opts);
    this.templates = {
      outage: outage(),
      latency: latency(),
      "slow-database": slowDatabase(),
      "total-outage": totalOutage(),
      "queue-outage": queueOutage(),
      "mixed-failures": mixedFailures(),
      throttling: throttling(),
      denied: denied(),
      unparsable: unparsable(),
      "partial-outage": partialOutage(),
      "write-outage": writeOutage(),
      "lost-acknowledgement": lostAcknowledgement(),
      "connection-reset": connectionReset(),
      "retry-function-failure": retryFunctionFailure(args.retryFunctionName),
      "poison-message": poisonMessage(),
      "stale-replay": staleReplay(),
      "burst-after-recovery": burstAfterRecovery(),
      "outage-without-write-buffer": outageWithoutWriteBuffer(),
    };
    this.registerOutputs({ templates: this.templates });
  }
}
