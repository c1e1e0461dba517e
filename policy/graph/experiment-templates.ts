import * as aws from "@pulumi/aws";
import type { PolicyResource, StackValidationArgs } from "@pulumi/policy";
import { type Found, ofClass } from "./find.ts";

export type ExperimentTemplate = Found<aws.fis.ExperimentTemplate>;

/** @returns the FIS experiment templates of the stack, of which there is at least one. */
export function experimentTemplatesOf({
  resources,
  notApplicable,
}: Pick<StackValidationArgs, "notApplicable"> & {
  resources: readonly PolicyResource[];
}): ExperimentTemplate[] {
  const templates = ofClass(resources, aws.fis.ExperimentTemplate);
  return templates.length > 0
    ? templates
    : notApplicable("The stack declares no FIS experiment template.");
}
