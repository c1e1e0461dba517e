import type { Log } from "../../log.ts";
import type { ServiceCaller } from "../../service-caller.ts";
import type { AwsService } from "../aws-service.ts";
import { jsonService } from "../json-service.ts";
import { automationOperations } from "./automation-operations.ts";
import { createAutomationRunner } from "./automation-runner.ts";
import { createDocumentStore } from "./document-store.ts";
import { documentOperations } from "./document-operations.ts";
import type { SsmContext, SsmIam } from "./ssm-context.ts";
import { tagOperations } from "./tag-operations.ts";

export interface SsmServiceOptions {
  readonly accountId: string;
  /** Makes the calls of runbooks, as the role that a runbook assumes. */
  readonly callService: ServiceCaller;
  readonly iam: SsmIam;
  readonly log: Log;
}

export interface SsmService extends AwsService {
  /** Tags of a runbook, for `aws:ResourceTag/…`. */
  resourceTagsOf(arn: string): Readonly<Record<string, string>> | undefined;
}

/**
 * Systems Manager, as far as FIS experiments need it: Automation runbooks that call services and
 * sleep, and their runs. Source: Systems Manager API 2014-11-06.
 */
export function createSsmService(options: SsmServiceOptions): SsmService {
  const { accountId, iam } = options;
  const context: SsmContext = {
    accountId,
    iam,
    documents: createDocumentStore(accountId),
    executions: new Map(),
    runner: createAutomationRunner(options),
  };
  const service = jsonService(
    "ssm",
    { ...documentOperations(context), ...automationOperations(context), ...tagOperations(context) },
    { targetPrefix: "AmazonSSM", protocol: "json-1.1" },
  );
  return {
    ...service,
    resourceTagsOf(arn) {
      const found = context.documents.byArn(arn);
      return found && Object.fromEntries(found.tags);
    },
    close: () => context.runner.close(),
  };
}
