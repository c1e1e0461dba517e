/** A value in an input that stands for a resource of the program. */
export interface ResourceReference {
  readonly urn: string;
  /** What the resource's provider answered, and what it was given. */
  readonly state: Readonly<Record<string, unknown>>;
}

/** A resource that a component has made. */
export interface Child extends ResourceReference {
  /** Unknown in a preview. */
  readonly id: string;
}

/** The resource of a type whose id this is, where the program has registered one. */
export type FindResource = (type: string, id: string) => ResourceReference | undefined;

export interface ComponentContext {
  readonly find: FindResource;
  /** Logical name of the component. */
  readonly name: string;
  /**
   * Creates a resource below the component, with the component's provider.
   *
   * @param dependencies URNs of the resources that an input comes from, by the input's name
   */
  create(
    type: string,
    name: string,
    inputs: Readonly<Record<string, unknown>>,
    dependencies?: Readonly<Record<string, readonly string[]>>,
  ): Promise<Child>;
  /** A resource as the output of a component. */
  refer(child: Child): unknown;
}

export type ComponentInputs = Readonly<Record<string, unknown>>;

/**
 * A remote component that the in-process engine creates itself: its resources are what the component's
 * plugin would register, under the same names.
 */
export interface ComponentType {
  /** One sentence for each input that is not applied; none when the component can be created. */
  problemsOf(inputs: ComponentInputs, find: FindResource): readonly string[];
  /** @returns the component's outputs */
  create(inputs: ComponentInputs, context: ComponentContext): Promise<Record<string, unknown>>;
}
