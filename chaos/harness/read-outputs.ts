import { readFile } from "node:fs/promises";
import { z } from "zod";
import type { StackOutputs } from "../../infra/outputs.ts";

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
});

/**
 * The outputs of a stack from a file with what `pulumi stack output --json` prints.
 *
 * @throws Error with one sentence that names the file and what is wrong with it
 */
export async function readOutputs(path: string): Promise<StackOutputs> {
  const how = "write it with pulumi stack output --json";
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot read stack outputs from ${path} (${reason}); ${how}.`, {
      cause: error,
    });
  }
  const parsed = outputs.safeParse(json);
  if (parsed.success) return parsed.data as StackOutputs;
  const [issue] = parsed.error.issues;
  const where = issue?.path.join(".");
  throw new Error(
    `The stack outputs in ${path} are not of this program (${where ? `${where}: ` : ""}` +
      `${issue?.message ?? "unknown"}); ${how}.`,
  );
}
