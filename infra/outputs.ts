/**
 * What the program exports and `chaos/` reads: the one contract between them, and the shape of
 * `pulumi stack output --json`.
 */
export interface StackOutputs {
  /** Where products are posted and read, without a trailing slash. */
  productApiUrl: string;
  productsTableName: string;
  /** Absent when the stack was deployed with `writeBuffer: false`, as are both queues. */
  productEventsTopicArn?: string;
  productEventsQueueUrl?: string;
  productEventsDeadLetterQueueUrl?: string;
  region: string;
  /** Of the emulated AWS that the stack is on, without a trailing slash; absent on AWS itself. */
  endpoint?: string;
  /** Scenario name → the input of CreateExperimentTemplate. */
  experimentTemplates: Record<string, ExperimentTemplate>;
  /**
   * Scenario name → id of the FIS template that the stack has created for it, with AWS's own actions.
   * Absent unless the stack was deployed with `awsExperimentTemplates: true`.
   */
  experimentTemplateIds?: Record<string, string>;
}

/**
 * The JSON that CreateExperimentTemplate takes, less the client token that SDKs add.
 * Source: FIS API 2020-12-01, CreateExperimentTemplateRequest.
 */
export interface ExperimentTemplate {
  description: string;
  actions: Record<string, ExperimentTemplateAction>;
  stopConditions: { source: string; value?: string }[];
  roleArn: string;
  targets?: Record<string, ExperimentTemplateTarget>;
  tags?: Record<string, string>;
}

export interface ExperimentTemplateAction {
  actionId: string;
  description?: string;
  parameters?: Record<string, string>;
  /** Target key (such as `Roles`) → name of a target of the template. */
  targets?: Record<string, string>;
  startAfter?: string[];
}

export interface ExperimentTemplateTarget {
  resourceType: string;
  selectionMode: string;
  resourceArns?: string[];
  resourceTags?: Record<string, string>;
}
