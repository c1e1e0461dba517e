import { randomUUID } from "node:crypto";
import { AwsError } from "../../wire/aws-error.ts";
import type { RegionTables } from "./region-tables.ts";
import type { TableOperation } from "./table-operations.ts";
import type { TableSettings } from "./table-settings.ts";

/** Resource-based policies of tables. Source: DynamoDB API, Put/Get/DeleteResourcePolicy. */
export const resourcePolicyOperations: Readonly<Record<string, TableOperation>> = {
  async PutResourcePolicy(input, tables) {
    const settings = await settingsOfResource(input, tables);
    checkRevision(input, settings);
    return { RevisionId: keepResourcePolicy(settings, input["Policy"]) };
  },

  async GetResourcePolicy(input, tables) {
    const { resourcePolicy } = await settingsOfResource(input, tables);
    if (!resourcePolicy) throw notFound(input);
    return { Policy: resourcePolicy.policy, RevisionId: resourcePolicy.revisionId };
  },

  async DeleteResourcePolicy(input, tables) {
    const settings = await settingsOfResource(input, tables);
    checkRevision(input, settings);
    const revisionId = settings.resourcePolicy?.revisionId;
    settings.resourcePolicy = undefined;
    return revisionId === undefined ? {} : { RevisionId: revisionId };
  },
};

/** Keeps a policy for a table and answers its revision id. */
export function keepResourcePolicy(settings: TableSettings, policy: unknown): string {
  if (typeof policy !== "string" || !isJsonObject(policy))
    throw new AwsError("ValidationException", "Policy must be the JSON text of a policy document.");
  const revisionId = randomUUID();
  settings.resourcePolicy = { policy, revisionId };
  return revisionId;
}

async function settingsOfResource(
  input: Readonly<Record<string, unknown>>,
  tables: RegionTables,
): Promise<TableSettings> {
  const arn = input["ResourceArn"];
  const name = typeof arn === "string" ? /:table\/([^/]+)$/.exec(arn)?.[1] : undefined;
  if (name === undefined)
    throw new AwsError("ValidationException", "ResourceArn must be the ARN of a table.");
  return tables.settingsOf(name);
}

function checkRevision(input: Readonly<Record<string, unknown>>, settings: TableSettings): void {
  const expected = input["ExpectedRevisionId"];
  if (expected === undefined) return;
  const actual = settings.resourcePolicy?.revisionId ?? "NO_POLICY";
  if (expected !== actual)
    throw new AwsError(
      "PolicyNotFoundException",
      "The resource policy does not have the expected revision id.",
    );
}

function notFound(input: Readonly<Record<string, unknown>>): AwsError {
  return new AwsError(
    "PolicyNotFoundException",
    `Resource-based policy not found for the provided ResourceArn: ${String(input["ResourceArn"])}`,
  );
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
