import type { ExperimentTemplate } from "../../infra/outputs.ts";

/** A way of injecting faults into a cloud; which one is used depends on what its endpoint can do. */
export interface Injector {
  /** As the report names it, such as "FIS". */
  readonly name: string;
  /**
   * Starts the fault and resolves once it is in effect. A rejection leaves nothing behind.
   */
  inject(template: ExperimentTemplate, signal?: AbortSignal): Promise<Injection>;
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
