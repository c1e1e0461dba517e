/** What decides over what a queue accepts. */
export interface QueueSettings {
  readonly isFifo: boolean;
  /** Those that it was given: checked, and without empty ones. */
  readonly attributes: ReadonlyMap<string, string>;
}
