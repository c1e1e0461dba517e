import type { AutomationExecution } from "./automation-execution.ts";
import type { AutomationRunner } from "./automation-runner.ts";
import type { DocumentStore } from "./document-store.ts";

/** What SSM asks of IAM. */
export interface SsmIam {
  /** Whether the role is there and trusts ssm.amazonaws.com. */
  serviceMayAssume(roleArn: string): boolean;
  /** Whether a caller's role may have SSM act as another; a caller of no role always may. */
  mayPassRole(callerRoleArn: string | undefined, roleArn: string): boolean;
  /** Who makes a call, as an ARN. */
  callerArn(call: { accessKeyId: string | undefined; roleArn: string | undefined }): string;
}

/** What the operations of SSM share. */
export interface SsmContext {
  readonly accountId: string;
  readonly iam: SsmIam;
  readonly documents: DocumentStore;
  /** By id. */
  readonly executions: Map<string, AutomationExecution>;
  readonly runner: AutomationRunner;
}
