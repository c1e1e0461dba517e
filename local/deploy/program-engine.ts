import type { WireProperties } from "./from-wire.ts";

/** A resource that a program registers. */
export interface Registration {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Whether a provider creates it; components and the stack are not created by anything. */
  readonly custom: boolean;
  readonly inputs: WireProperties;
  /** URN and id of its provider, or empty for the default one. */
  readonly provider: string;
  /** Id of an existing resource that it is to be read or imported from. */
  readonly existingId?: string;
  /** Whether functions of the program would change it first. */
  readonly hasTransforms: boolean;
  readonly parent: string | undefined;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}

/** A function of a provider that a program calls. */
export interface InvokedFunction {
  readonly token: string;
  readonly inputs: WireProperties;
  readonly provider: string;
}

export interface RegisteredState {
  /** None for a component, and in a preview. */
  readonly id?: string | undefined;
  /** Outputs; inputs that are not among them are kept as given. */
  readonly state: WireProperties;
}

/** What carries out a program's registrations. Whatever it throws is told of, and ends the creating. */
export interface ProgramEngine {
  create(registration: Registration): RegisteredState | Promise<RegisteredState>;
  invoke(call: InvokedFunction): WireProperties | Promise<WireProperties>;
  /**
   * Throws what `create` would refuse, without creating anything. Called instead of it once something
   * has failed, so that everything that is in the way of a program is found in one run.
   */
  check?(registration: Registration): void;
  /** Hears of every resource that was registered, with its outputs. */
  registered?(registration: Registration, state: RegisteredState): void;
  /** Hears of the outputs of a component. */
  outputs?(urn: string, outputs: WireProperties): void;
}
