import { z } from "zod";
import type { JsonOperation } from "../json-service.ts";
import { type AutomationExecution, hasEnded } from "./automation-execution.ts";
import { ssmError } from "./errors.ts";
import { page } from "./page.ts";
import { readInput } from "./read-input.ts";
import type { SsmContext } from "./ssm-context.ts";
import { startAutomation } from "./start-automation.ts";
import { viewExecution, viewStep, viewSummary } from "./views.ts";

const idInput = z.strictObject({ AutomationExecutionId: z.string() });
const paged = { MaxResults: z.int().min(1).max(50).default(50), NextToken: z.string().optional() };
const filters = z
  .array(z.strictObject({ Key: z.string(), Values: z.array(z.string()).min(1) }))
  .default([]);

/** Runs of Automation runbooks. Source: Systems Manager API 2014-11-06. */
export function automationOperations(context: SsmContext): Readonly<Record<string, JsonOperation>> {
  const { executions, documents, runner } = context;

  function get(region: string, id: string): AutomationExecution {
    const found = executions.get(id);
    if (found?.region === region) return found;
    throw ssmError("AutomationExecutionNotFoundException", `Execution ${id} does not exist.`);
  }

  return {
    StartAutomationExecution: (input, call) => startAutomation(context, input, call),
    GetAutomationExecution(input, { region }) {
      const execution = get(region, readInput(input, idInput).AutomationExecutionId);
      const version = documents
        .find(region, execution.documentName)
        ?.versions.find((each) => each.version === execution.documentVersion);
      return { AutomationExecution: viewExecution(execution, version?.document.outputs ?? []) };
    },
    StopAutomationExecution(input, { region }) {
      const given = readInput(input, idInput.extend({ Type: z.string().default("Cancel") }));
      const execution = get(region, given.AutomationExecutionId);
      if (given.Type !== "Cancel")
        throw ssmError(
          "InvalidAutomationStatusUpdateException",
          `Type must be Cancel here, not ${given.Type}: only it runs the steps that undo.`,
        );
      if (hasEnded(execution))
        throw ssmError(
          "InvalidAutomationStatusUpdateException",
          `Execution ${execution.id} has ended: it is ${execution.status}.`,
        );
      runner.cancel(execution);
      return {};
    },
    DescribeAutomationExecutions(input, { region }) {
      const given = readInput(input, z.strictObject({ ...paged, Filters: filters }));
      const found = [...executions.values()].filter(
        (each) => each.region === region && given.Filters.every((filter) => matches(each, filter)),
      );
      const { items, NextToken } = page(found, given, ({ id }) => id);
      return { AutomationExecutionMetadataList: items.map(viewSummary), NextToken };
    },
    DescribeAutomationStepExecutions(input, { region }) {
      const given = readInput(input, z.strictObject({ ...paged, ...idInput.shape }));
      const { steps } = get(region, given.AutomationExecutionId);
      const numbered = steps.map((step, index) => ({ step, key: String(index).padStart(6, "0") }));
      const { items, NextToken } = page(numbered, given, ({ key }) => key);
      return { StepExecutions: items.map(({ step }) => viewStep(step)), NextToken };
    },
  };
}

function matches(
  execution: AutomationExecution,
  { Key, Values }: { Key: string; Values: string[] },
): boolean {
  if (Key === "ExecutionStatus") return Values.includes(execution.status);
  if (Key === "ExecutionId") return Values.includes(execution.id);
  if (Key === "DocumentNamePrefix")
    return Values.some((value) => execution.documentName.startsWith(value));
  throw ssmError("InvalidFilterKey", `The filter ${Key} is not served here.`);
}
