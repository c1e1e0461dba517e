import * as aws from "@pulumi/aws";
import { validateResourceOfType } from "@pulumi/policy";
import { isLocalProvider } from "../graph/local-provider.ts";
import { ifKnown } from "../graph/unknown.ts";
import type { ResourceRule } from "./rule.ts";

export const tableHasPointInTimeRecovery: ResourceRule = {
  name: "table-has-point-in-time-recovery",
  description: "Checks that a table can be brought back to any second of the last days.",
  severity: "high",
  remediationSteps: "Set pointInTimeRecovery: { enabled: true } on the table.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Point-in-time-recovery.html",
  validateResource: validateResourceOfType(aws.dynamodb.Table, (table, { name }, report) => {
    if (ifKnown(() => table.pointInTimeRecovery?.enabled ?? false) === false)
      report(
        `Table ${name} has no point-in-time recovery, so a wrong write cannot be taken back. Set pointInTimeRecovery: { enabled: true }.`,
      );
  }),
};

export const tableIsEncrypted: ResourceRule = {
  name: "table-is-encrypted",
  description: "Checks that a table is encrypted with a key that its account can audit.",
  severity: "medium",
  remediationSteps: "Set serverSideEncryption: { enabled: true } on the table.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/EncryptionAtRest.html",
  validateResource: validateResourceOfType(aws.dynamodb.Table, (table, { name }, report) => {
    if (ifKnown(() => table.serverSideEncryption?.enabled ?? false) === false)
      report(
        `Table ${name} is not encrypted with a key of its account. Set serverSideEncryption: { enabled: true }.`,
      );
  }),
};

export const tableHasDeletionProtection: ResourceRule = {
  name: "table-has-deletion-protection",
  description: "Checks that a table outside local stacks cannot be deleted by mistake.",
  severity: "high",
  remediationSteps: "Set deletionProtectionEnabled: true on the table.",
  url: "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/WorkingWithTables.Basics.html",
  validateResource: validateResourceOfType(aws.dynamodb.Table, (table, args, report) => {
    if (isLocalProvider(args.provider))
      args.notApplicable("The table is in an emulated cloud, where nothing is kept.");
    if (ifKnown(() => table.deletionProtectionEnabled ?? false) === false)
      report(
        `Table ${args.name} can be deleted with all it holds. Set deletionProtectionEnabled: true.`,
      );
  }),
};
