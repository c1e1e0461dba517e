import * as aws from "@pulumi/aws";
import type { PolicyResource } from "@pulumi/policy";
import { parse } from "yaml";
import { type Found, ofClass } from "./find.ts";
import { ifKnown, UNKNOWN, type Unknown } from "./unknown.ts";

export type Runbook = Found<aws.ssm.Document>;

interface Step {
  readonly action?: string;
  readonly inputs?: { readonly Service?: string; readonly Api?: string };
}

/** Steps that act on instances without naming a service. */
const ON_INSTANCES = ["aws:changeInstanceState", "aws:runCommand"];
const READING = /^(describe|get|list|batchget)/i;

/** @returns the Systems Manager document that an ARN names, whatever account stands in it. */
export function runbookOf(resources: readonly PolicyResource[], arn: string): Runbook | undefined {
  const name = /:document\/([^:]+)/.exec(arn)?.[1] ?? arn;
  return ofClass(resources, aws.ssm.Document).find(
    ({ props }) => ifKnown(() => props.name) === name,
  );
}

/**
 * @returns the services that a runbook changes, by the prefix of IAM's actions; UNKNOWN for a content
 * that a preview does not know. Source: Systems Manager User Guide, "Systems Manager Automation
 * actions reference".
 */
export function servicesOfRunbook({ props }: Runbook): string[] | Unknown {
  const content = ifKnown(() => props.content);
  if (content === UNKNOWN) return UNKNOWN;
  return stepsIn(content).flatMap(({ action = "", inputs = {} }) => {
    if (ON_INSTANCES.includes(action)) return ["ec2"];
    const changes = action === "aws:executeAwsApi" && !READING.test(inputs.Api ?? "");
    return changes && inputs.Service !== undefined ? [inputs.Service.toLowerCase()] : [];
  });
}

/** The content is JSON or YAML, of which JSON is a part. */
function stepsIn(content: string): Step[] {
  try {
    const { mainSteps } = parse(content) as { mainSteps?: unknown };
    return Array.isArray(mainSteps) ? (mainSteps as Step[]) : [];
  } catch {
    return [];
  }
}
