import type { ExperimentTemplateAction } from "@aws-sdk/client-fis";

/** Whether an action runs a runbook, which FIS knows no targets of. */
export function isRunbook({ actionId }: ExperimentTemplateAction): boolean {
  return actionId === "aws:ssm:start-automation-execution";
}

/**
 * When a runbook ends: by its own parameter, as those of the stack do, and at FIS's limit.
 * Source: FIS actions reference.
 */
export function runbookEnd({ parameters = {} }: ExperimentTemplateAction): string {
  const { documentParameters = "{}", maxDuration = "" } = parameters;
  const limit = `the runbook is stopped after ${maxDuration} at the latest`;
  const duration = ownDuration(documentParameters);
  return duration === undefined ? limit : `after ${duration}; ${limit}`;
}

function ownDuration(documentParameters: string): string | undefined {
  try {
    const { Duration } = JSON.parse(documentParameters) as { Duration?: string | string[] };
    return Duration?.toString();
  } catch {
    return undefined;
  }
}
