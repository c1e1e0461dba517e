import * as pulumi from "@pulumi/pulumi";
import type { ExperimentTemplate } from "./outputs.ts";
import { latency } from "./templates/latency.ts";
import { outage } from "./templates/outage.ts";
import { outageWithoutWriteBuffer } from "./templates/outage-without-write-buffer.ts";
import { queueOutage } from "./templates/queue-outage.ts";
import { slowDatabase } from "./templates/slow-database.ts";
import { totalOutage } from "./templates/total-outage.ts";

/** The experiments this stack can be drilled with, by scenario, as CreateExperimentTemplate takes them. */
export class ExperimentTemplates extends pulumi.ComponentResource {
  readonly templates: Readonly<Record<string, ExperimentTemplate>>;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("outage-drill:infra:ExperimentTemplates", name, {}, opts);
    this.templates = {
      outage: outage(),
      latency: latency(),
      "slow-database": slowDatabase(),
      "total-outage": totalOutage(),
      "queue-outage": queueOutage(),
      "outage-without-write-buffer": outageWithoutWriteBuffer(),
    };
    this.registerOutputs({ templates: this.templates });
  }
}
