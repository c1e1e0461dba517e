/** Source: Systems Manager API, AutomationExecutionStatus: those that occur here. */
export type AutomationStatus =
  "Pending" | "InProgress" | "Success" | "Failed" | "TimedOut" | "Cancelling" | "Cancelled";

export interface StepExecution {
  readonly id: string;
  readonly name: string;
  readonly action: string;
  status: AutomationStatus;
  /** As they were after `{{ }}`. */
  inputs: Readonly<Record<string, string>>;
  outputs: Readonly<Record<string, unknown>>;
  failureMessage: string | undefined;
  readonly startTime: Date;
  endTime: Date | undefined;
}

/** One run of a runbook. */
export interface AutomationExecution {
  readonly id: string;
  readonly region: string;
  readonly documentName: string;
  readonly documentVersion: string;
  /** Each in the type that the runbook declares. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** As whom the calls are made; `undefined`: as whoever started it with keys of no role. */
  readonly roleArn: string | undefined;
  readonly executedBy: string;
  status: AutomationStatus;
  readonly steps: StepExecution[];
  failureMessage: string | undefined;
  readonly startTime: Date;
  endTime: Date | undefined;
}

export function hasEnded({ status }: Pick<AutomationExecution, "status">): boolean {
  return !["Pending", "InProgress", "Cancelling"].includes(status);
}
