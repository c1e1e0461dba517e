/** An action of AWS FIS that this cloud has nothing to carry out on. */
export interface AwsActionRow {
  readonly id: string;
  readonly description: string;
  /** Key of the target and its resource type; absent for an action without target. */
  readonly target?: readonly [key: string, resourceType: string];
  /** Names of parameters; one that ends in `?` may be left out. */
  readonly parameters: readonly string[];
}
