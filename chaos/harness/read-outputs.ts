import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { StackOutputs } from "../../infra/outputs.ts";
import { CannotRunError } from "../cannot-run-error.ts";

const action = z.object({
  actionId: z.string(),
  description: z.string().optional(),
  parameters: z.record(z.string(), z.string()).optional(),
  targets: z.record(z.string(), z.string()).optional(),
  startAfter: z.array(z.string()).optional(),
});

const target = z.object({
  resourceType: z.string(),
  selectionMode: z.string(),
  resourceArns: z.array(z.string()).optional(),
  resourceTags: z.record(z.string(), z.string()).optional(),
});

const outputs = z.object({
  productApiUrl: z.url(),
  productsTableName: z.string(),
  productEventsTopicArn: z.string().optional(),
  productEventsQueueUrl: z.string().optional(),
  productEventsDeadLetterQueueUrl: z.string().optional(),
  region: z.string(),
  endpoint: z.url().optional(),
  experimentTemplates: z.record(
    z.string(),
    z.object({
      description: z.string(),
      actions: z.record(z.string(), action),
      stopConditions: z.array(z.object({ source: z.string(), value: z.string().optional() })),
      roleArn: z.string(),
      targets: z.record(z.string(), target).optional(),
      tags: z.record(z.string(), z.string()).optional(),
    }),
  ),
  experimentTemplateIds: z.record(z.string(), z.string()).optional(),
});

const how = "as pulumi stack output --json prints them";

/**
 * The outputs of a stack from a file with what `pulumi stack output --json` prints.
 *
 * @throws CannotRunError with one sentence that names the file and what is wrong with it
 */
export async function readOutputs(path: string): Promise<StackOutputs> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw cannotRead(path, error);
  });
  return parseOutputs(text, path);
}

/**
 * @param text what `pulumi stack output --json` prints
 * @param source what to call it
 * @throws CannotRunError with one sentence that names the source and what is wrong
 */
export function parseOutputs(text: string, source: string): StackOutputs {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw cannotRead(source, error);
  }
  const parsed = outputs.safeParse(json);
  if (parsed.success) return parsed.data as StackOutputs;
  const [issue] = parsed.error.issues;
  throw new CannotRunError(
    `The stack outputs in ${source} are not of this program ` +
      `(${issue ? explain(issue, json) : "unknown"}); give them ${how}.`,
  );
}

type Fields = Readonly<Record<PropertyKey, unknown>>;

function explain({ path, message }: z.core.$ZodIssue, json: unknown): string {
  const where = path.join(".");
  if (where === "") return message;
  const found = path.reduce<unknown>((value, key) => (value as Fields | undefined)?.[key], json);
  return found === undefined ? `output ${where} is missing` : `${where}: ${message}`;
}

function cannotRead(source: string, error: unknown): CannotRunError {
  const reason = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ");
  return new CannotRunError(
    `Cannot read stack outputs from ${source} (${reason}); give them ${how}.`,
    { cause: error },
  );
}
