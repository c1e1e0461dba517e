/** Where the events of a rule go, and as what. Times in seconds. */
export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly roleArn: string | undefined;
  readonly input: string | undefined;
  readonly inputPath: string | undefined;
  readonly inputTransformer: InputTransformer | undefined;
  readonly messageGroupId: string | undefined;
  readonly deadLetterArn: string | undefined;
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeSeconds: number;
  /** As it was given, for ListTargetsByRule. */
  readonly given: Readonly<Record<string, unknown>>;
}

export interface InputTransformer {
  /** Name of a variable → path in the event. */
  readonly paths: Readonly<Record<string, string>>;
  readonly template: string;
}
