import type * as pulumi from "@pulumi/pulumi";
import type { AllowedCalls } from "./lambda-function.ts";

/** What makes a function a target of experiments on AWS. */
export interface FaultTarget {
  tags: Record<string, string>;
  /** FIS's Lambda extension; without it, `aws:lambda:` actions do nothing to the function. */
  extension: FaultExtension | undefined;
}

/** FIS's Lambda extension and where it looks for faults. */
export interface FaultExtension {
  layerArn: string;
  variables: Record<string, pulumi.Input<string>>;
  allowedCalls: AllowedCalls[];
  /** ARN pattern of the objects that FIS writes and the extension reads. */
  objectsArn: pulumi.Input<string>;
}
