import * as pulumi from "@pulumi/pulumi";
import type { ExperimentTemplate } from "./outputs.ts";
import { scenarioTemplates } from "./scenario-templates.ts";

export interface ExperimentTemplatesArgs {
  /** Name of the function that takes writes out of the queue. */
  retryFunctionName: string;
}

/** The experiments this stack can be drilled with, by scenario, as CreateExperimentTemplate takes them. */
export class ExperimentTemplates extends pulumi.ComponentResource {
  readonly templates: Readonly<Record<string, ExperimentTemplate>>;

  constructor(name: string, args: ExperimentTemplatesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("outage-drill:infra:ExperimentTemplates", name, {}, opts);
    this.templates = scenarioTemplates("template.json", {
      retryFunctionName: args.retryFunctionName,
    });
    this.registerOutputs({ templates: this.templates });
  }
}
