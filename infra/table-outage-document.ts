export interface TableOutageDocumentArgs {
  tableArn: string;
  /** Roles that are kept from the table. */
  deniedRoleArns: readonly string[];
  /** As whom the runbook puts the table's policy. */
  automationRoleArn: string;
  /** The table's policy when no drill runs. */
  usualPolicy: PolicyDocument;
}

export interface PolicyDocument {
  Version: "2012-10-17";
  Statement: Record<string, unknown>[];
}

/** Everything that reads or writes items. Source: Service Authorization Reference, DynamoDB. */
const DATA_OPERATIONS = [
  "BatchGetItem",
  "BatchWriteItem",
  "ConditionCheckItem",
  "DeleteItem",
  "GetItem",
  "PutItem",
  "Query",
  "Scan",
  "UpdateItem",
];

/** How often the runbook tries to take the Deny out again. */
const RESTORE_ATTEMPTS = 10;

/**
 * The runbook of a table outage: adds a Deny for the functions' roles to the table's usual policy,
 * holds it, and puts the usual policy back, whichever way it ends. What it puts back is in the
 * runbook and not what it found: two drills at a time would otherwise each put back the other's Deny.
 *
 * Only actions that the account's own policies can limit: no script runs.
 * Source: Systems Manager User Guide, "Systems Manager Automation actions reference".
 */
export function tableOutageDocument(args: TableOutageDocumentArgs) {
  const { tableArn, deniedRoleArns, automationRoleArn, usualPolicy } = args;
  const deny = {
    Sid: "OutageDrill",
    Effect: "Deny",
    Principal: { AWS: deniedRoleArns },
    Action: DATA_OPERATIONS.map((operation) => `dynamodb:${operation}`),
    Resource: [tableArn, `${tableArn}/index/*`],
  };
  const putPolicy = (policy: PolicyDocument) => ({
    Service: "dynamodb",
    Api: "PutResourcePolicy",
    ResourceArn: tableArn,
    Policy: JSON.stringify(policy),
  });
  const restoreAnyway = { onFailure: "step:RestorePolicy", onCancel: "step:RestorePolicy" };
  return {
    schemaVersion: "0.3",
    description:
      "Denies the functions' roles the table for a while, and ends that on every way out.",
    assumeRole: automationRoleArn,
    parameters: {
      Duration: {
        type: "String",
        description: "How long the table is denied, ISO 8601.",
        default: "PT5M",
        allowedPattern: "PT[0-9HMS.]+",
      },
    },
    mainSteps: [
      {
        name: "DenyTable",
        action: "aws:executeAwsApi",
        inputs: putPolicy({ ...usualPolicy, Statement: [...usualPolicy.Statement, deny] }),
        ...restoreAnyway,
      },
      {
        name: "Hold",
        action: "aws:sleep",
        inputs: { Duration: "{{ Duration }}" },
        ...restoreAnyway,
      },
      {
        name: "RestorePolicy",
        action: "aws:executeAwsApi",
        inputs: putPolicy(usualPolicy),
        maxAttempts: RESTORE_ATTEMPTS,
        isEnd: true,
      },
    ],
  };
}
