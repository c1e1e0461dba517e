/** A resource of a deployed program, under the names that the program gave. */
export interface DeployedResource {
  /** Type token, such as `aws:dynamodb/table:Table`. */
  readonly type: string;
  /** Logical name, the first argument of the resource's constructor. */
  readonly name: string;
  readonly urn: string;
  /** Physical id; components have none. */
  readonly id?: string;
  /**
   * Every output that has a value, as `pulumi stack export` gives them: `arn`, `name`, `url` and so on.
   * Code archives are left out.
   */
  readonly outputs: Readonly<Record<string, unknown>>;
}
