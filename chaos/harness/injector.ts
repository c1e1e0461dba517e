/** A way of injecting a fault into a cloud; which one is used depends on what its endpoint can do. */
export interface Injector {
  /** As the report names it, such as "FIS". */
  readonly name: string;
  readonly fault: FaultForm;
  /** Whether a fault, and its end, reach callers only some time after the cloud says so. */
  readonly isEventual: boolean;
  /** What is injected, as it goes into the journal: a template, rules, or the id of a template. */
  readonly source: unknown;
  /**
   * Starts the fault and resolves once the cloud says that it is in effect. A rejection leaves
   * nothing behind.
   */
  inject(signal?: AbortSignal): Promise<Injection>;
}

/** What a fault looks like to those who meet it. */
export interface FaultForm {
  /** The kind of failure, such as "dynamodb fails with 500 DynamoDbException". */
  readonly failure: string;
  /** Whether it hits every caller, the drill's own calls too, or the application's alone. */
  readonly hitsEveryCaller: boolean;
  /** The text that an injected error carries; absent when the service's own error is met. */
  readonly message?: string;
}

/** A fault in effect. */
export interface Injection {
  /** Whatever the cloud calls it, such as the id of an experiment. */
  readonly id: string;
  /**
   * Ends the fault and removes what was created for it; resolves once it is no longer in effect.
   * Takes no signal: it also runs when everything else is interrupted. Calling it again does no harm.
   *
   * @returns how the fault ended
   */
  stop(): Promise<InjectionEnd>;
}

export interface InjectionEnd {
  /** Such as "stopped". */
  readonly status: string;
  /** Why it was over before it was stopped, which makes the run worthless. */
  readonly endedEarly?: string;
}

/** An injection that ends once, however often it is asked to; a stop that failed is tried again. */
export function injectionOf(id: string, end: () => Promise<InjectionEnd>): Injection {
  let ended: Promise<InjectionEnd> | undefined;
  return {
    id,
    async stop() {
      ended ??= end();
      try {
        return await ended;
      } catch (error) {
        ended = undefined;
        throw error;
      }
    },
  };
}
