import { parse } from "yaml";
import { z } from "zod";
import { describeIssue } from "../../wire/describe-issue.ts";
import { checkSteps } from "./check-steps.ts";
import { ssmError } from "./errors.ts";
import { isParameterType, parameterTypeRule } from "./parameter-types.ts";

/** Source: Systems Manager User Guide, "Properties shared by all actions". */
const stepSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9_]{3,128}$/, "must be 3 to 128 letters, digits or _"),
  action: z.string(),
  description: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  outputs: z
    .array(
      z.strictObject({
        Name: z.string(),
        Selector: z.string(),
        Type: z.string().default("String"),
      }),
    )
    .default([]),
  /** `Abort`, `Continue` or `step:NAME`. */
  onFailure: z.string().default("Abort"),
  /** `Abort` or `step:NAME`. */
  onCancel: z.string().default("Abort"),
  isCritical: z.boolean().default(true),
  isEnd: z.boolean().default(false),
  nextStep: z.string().optional(),
  maxAttempts: z.int().min(1).max(10).default(1),
  timeoutSeconds: z.int().min(1).optional(),
});

const documentSchema = z.strictObject({
  schemaVersion: z.literal("0.3", "must be 0.3, that of an Automation runbook"),
  description: z.string().default(""),
  assumeRole: z.string().optional(),
  parameters: z
    .record(
      z.string(),
      z.strictObject({
        type: z.string().refine(isParameterType, parameterTypeRule),
        description: z.string().optional(),
        default: z.unknown().optional(),
        allowedValues: z.array(z.unknown()).optional(),
        allowedPattern: z.string().optional(),
        minItems: z.int().min(0).optional(),
        maxItems: z.int().min(0).optional(),
        minChars: z.int().min(0).optional(),
        maxChars: z.int().min(0).optional(),
      }),
    )
    .default({}),
  mainSteps: z.array(stepSchema).min(1),
  outputs: z.array(z.string()).default([]),
});

export type AutomationParameter = z.infer<typeof documentSchema>["parameters"][string];
export type AutomationStep = z.infer<typeof stepSchema>;
export type AutomationDocument = z.infer<typeof documentSchema>;

/**
 * Reads the content of an Automation runbook. Throws InvalidDocumentContent that names the step and
 * what is wrong with it; an action, service or property that is not run here is refused by name.
 */
export function parseAutomationDocument(
  content: string,
  format: "JSON" | "YAML",
): AutomationDocument {
  const read = documentSchema.safeParse(parseContent(content, format), { reportInput: true });
  if (!read.success) throw invalidContent(describeIssue(read.error, "The document"));
  const problem = checkSteps(read.data);
  if (problem !== undefined) throw invalidContent(problem);
  return read.data;
}

function parseContent(content: string, format: "JSON" | "YAML"): unknown {
  try {
    return format === "JSON" ? JSON.parse(content) : parse(content);
  } catch (error) {
    throw invalidContent(
      `The content is not ${format}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function invalidContent(message: string) {
  return ssmError("InvalidDocumentContent", message);
}
