/** Properties as Pulumi's wire form has them: unknown values, secrets and assets are marked. */
export type WireProperties = Record<string, unknown>;

/** A resource as a program registered it and as a provider answered. */
export interface RecordedResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** False for a component and for the stack. */
  readonly custom: boolean;
  /** URN. */
  readonly parent: string | undefined;
  /** URN. */
  readonly provider: string | undefined;
  readonly inputs: WireProperties;
  outputs: WireProperties;
  /** URNs. */
  readonly dependencies: readonly string[];
  /** Input → URNs on which it depends. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}
