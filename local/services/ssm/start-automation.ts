import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { AwsCall } from "../../wire/aws-call.ts";
import type { AutomationDocument } from "./automation-document.ts";
import type { AutomationExecution } from "./automation-execution.ts";
import { versionOf } from "./document-store.ts";
import { ssmError } from "./errors.ts";
import { interpolate, toText } from "./interpolate.ts";
import { readParameter } from "./parameter-types.ts";
import { readInput } from "./read-input.ts";
import type { SsmContext } from "./ssm-context.ts";

const startInput = z.strictObject({
  /** A name or an ARN. */
  DocumentName: z.string(),
  DocumentVersion: z.string().optional(),
  Parameters: z.record(z.string(), z.array(z.string())).default({}),
  ClientToken: z.uuid().optional(),
  Mode: z.literal("Auto", "must be Auto, the mode served here").optional(),
});

/** How many finished executions are kept for GetAutomationExecution. */
const keptExecutions = 1000;

/** Source: Systems Manager API 2014-11-06, StartAutomationExecution. */
export function startAutomation(context: SsmContext, input: unknown, call: AwsCall) {
  const given = readInput(input, startInput);
  const { executions, documents, runner } = context;
  const same = given.ClientToken && executions.get(given.ClientToken);
  if (same) return { AutomationExecutionId: same.id };
  const found = documents.find(call.region, given.DocumentName);
  if (!found)
    throw ssmError(
      "AutomationDefinitionNotFoundException",
      `An Automation runbook with the name ${given.DocumentName} is not there.`,
    );
  const version = versionOf(found, given.DocumentVersion);
  const parameters = readParameters(version.document, given.Parameters);
  const execution: AutomationExecution = {
    id: given.ClientToken ?? randomUUID(),
    region: call.region,
    documentName: found.name,
    documentVersion: version.version,
    parameters,
    roleArn: roleOf(version.document, parameters, context, call),
    executedBy: context.iam.callerArn(call),
    status: "Pending",
    steps: [],
    failureMessage: undefined,
    startTime: new Date(),
    endTime: undefined,
  };
  executions.set(execution.id, execution);
  const [oldest] = executions;
  if (executions.size > keptExecutions && oldest?.[1].endTime) executions.delete(oldest[0]);
  runner.start(execution, version.document);
  return { AutomationExecutionId: execution.id };
}

function readParameters(
  { parameters }: AutomationDocument,
  given: Readonly<Record<string, readonly string[]>>,
): Record<string, unknown> {
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(parameters, name));
  if (unknown !== undefined)
    throw invalid(
      `Parameter ${unknown} is not defined in the runbook, which has: ${Object.keys(parameters).join(", ") || "none"}.`,
    );
  return Object.fromEntries(
    Object.entries(parameters).map(([name, declared]) => {
      try {
        return [name, readParameter(name, declared, given[name])];
      } catch (error) {
        throw invalid(error instanceof Error ? error.message : String(error));
      }
    }),
  );
}

/** The role as which the steps run: the runbook's, or else the caller's. */
function roleOf(
  { assumeRole }: AutomationDocument,
  parameters: Readonly<Record<string, unknown>>,
  { iam }: SsmContext,
  call: AwsCall,
): string | undefined {
  const roleArn = toText(interpolate(assumeRole ?? "", (name) => parameters[name] ?? ""));
  if (roleArn === "") return call.roleArn;
  if (!iam.mayPassRole(call.roleArn, roleArn))
    throw invalid(
      `${iam.callerArn(call)} is not authorized to perform: iam:PassRole on resource: ${roleArn}`,
    );
  if (!iam.serviceMayAssume(roleArn))
    throw invalid(
      `The role ${roleArn} cannot be assumed: it is not there, or does not trust ssm.amazonaws.com.`,
    );
  return roleArn;
}

function invalid(message: string) {
  return ssmError("InvalidAutomationExecutionParametersException", message);
}
