import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { ServiceCaller } from "../../../service-caller.ts";
import { AwsError } from "../../../wire/aws-error.ts";
import { parseDuration } from "../parse-duration.ts";
import { ParameterError, type ActionContext, type FisAction } from "./action.ts";

/** Between two looks at the execution. */
const pollIntervalMs = 50;

const parametersSchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/**
 * `aws:ssm:start-automation-execution`: runs a runbook as the template's role, and cancels it when
 * the experiment is stopped or `maxDuration` is over. Source: FIS actions reference.
 */
export function startAutomation(callService: ServiceCaller): FisAction {
  return {
    id: "aws:ssm:start-automation-execution",
    description: "Runs a Systems Manager Automation runbook.",
    parameters: {
      documentArn: { description: "ARN of the runbook.", required: true },
      documentVersion: { description: "Default: its default version.", required: false },
      documentParameters: { description: "JSON object of its parameters.", required: false },
      maxDuration: { description: "ISO 8601, such as PT5M.", required: true },
    },
    targets: {},
    plan(parameters) {
      const DocumentName = parameters["documentArn"] ?? "";
      if (!/^arn:aws[\w-]*:ssm:[\w-]+:\d{12}:document\/.+$/.test(DocumentName))
        throw new ParameterError(`documentArn must be the ARN of a document, not ${DocumentName}`);
      const durationMs = parseDuration(parameters["maxDuration"] ?? "");
      if (durationMs === undefined)
        throw new ParameterError(
          `maxDuration must be an ISO 8601 duration of at most 12 hours, such as PT5M, not "${parameters["maxDuration"] ?? ""}"`,
        );
      const version = parameters["documentVersion"];
      const input = {
        DocumentName,
        ...(version !== undefined && { DocumentVersion: version }),
        Parameters: readParameters(parameters["documentParameters"]),
      };
      return {
        durationMs,
        needsRole: true,
        run: (context, signal) => runAutomation(callService, input, context, signal),
      };
    },
  };
}

function readParameters(text: string | undefined): Record<string, string[]> {
  if (text === undefined) return {};
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new ParameterError("documentParameters must be a JSON object in a string");
  }
  const read = parametersSchema.safeParse(json);
  if (!read.success)
    throw new ParameterError(
      "documentParameters must be a JSON object of strings, or of lists of strings",
    );
  return Object.fromEntries(
    Object.entries(read.data).map(([name, value]) => [
      name,
      typeof value === "string" ? [value] : value,
    ]),
  );
}

async function runAutomation(
  callService: ServiceCaller,
  input: object,
  { region, roleArn, experimentId, action, log }: ActionContext,
  signal: AbortSignal,
): Promise<void> {
  const call = <Output>(operation: string, given: object) =>
    callService({ service: "ssm", operation, region, input: given, roleArn }) as Promise<Output>;
  const started = await call<{ AutomationExecutionId: string }>("StartAutomationExecution", input);
  const id = { AutomationExecutionId: started.AutomationExecutionId };
  log({ event: "fis-automation-start", experimentId, action, automationExecutionId: id });
  const cancel = () =>
    call("StopAutomationExecution", { ...id, Type: "Cancel" }).catch(ignoreEnded);
  let isCancelled = false;
  for (;;) {
    const { AutomationExecution: execution } = await call<{ AutomationExecution: Execution }>(
      "GetAutomationExecution",
      id,
    ).catch(async (error: unknown) => {
      // What cannot be watched must not run on.
      await cancel().catch((cause: unknown) => {
        throw new Error(
          `${String(error)}; and the automation was not cancelled: ${String(cause)}`,
          { cause },
        );
      });
      throw error;
    });
    const status = execution.AutomationExecutionStatus;
    if (status === "Success" || (status === "Cancelled" && isCancelled)) return;
    if (!["Pending", "InProgress", "Cancelling"].includes(status))
      throw new Error(
        `Automation ${id.AutomationExecutionId} is ${status}: ${execution.FailureMessage ?? "it gives no reason"}`,
      );
    if (signal.aborted && !isCancelled) {
      isCancelled = true;
      await cancel();
    }
    await delay(pollIntervalMs, undefined, isCancelled ? {} : { signal }).catch(() => undefined);
  }
}

interface Execution {
  readonly AutomationExecutionStatus: string;
  readonly FailureMessage?: string;
}

/** It may have ended by itself just now. */
function ignoreEnded(error: unknown): void {
  if (error instanceof AwsError && error.code === "InvalidAutomationStatusUpdateException") return;
  throw error;
}
