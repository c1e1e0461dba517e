import type { Experiment } from "./experiment.ts";
import { isAcknowledged, nowMs } from "./history.ts";
import type { Injection, InjectionEnd, Injector } from "./injector.ts";
import type { Pace } from "./pace.ts";
import type { Traffic } from "./traffic.ts";
import type { Windows } from "./windows.ts";

export interface InjectedFaultOptions {
  readonly experiment: Experiment;
  readonly traffic: Traffic;
  readonly windows: Windows;
  readonly pace: Pace;
  readonly signal: AbortSignal;
}

/** The fault of one run, from the request to inject it to its end, with the times of each. */
export class InjectedFault {
  readonly injector: Injector;
  injection: Injection | undefined;
  end: InjectionEnd | undefined;
  readonly #options: InjectedFaultOptions;

  constructor(injector: Injector, options: InjectedFaultOptions) {
    this.injector = injector;
    this.#options = options;
  }

  /** Resolves once callers meet the fault. */
  async begin(): Promise<Injection> {
    const { experiment, traffic, windows, pace, signal } = this.#options;
    const { injector } = this;
    windows.injectMs = nowMs();
    traffic.enter("during");
    this.injection = await injector.inject(signal);
    if (injector.isEventual)
      await traffic.untilProbes(
        "the fault shows in the answers",
        (op) => experiment.faultSign(op, injector.fault),
        { deadlineMs: pace.deadlineMs, inARow: pace.signsInARow },
      );
    windows.runningMs = nowMs();
    return this.injection;
  }

  /** Resolves once callers meet the fault no more. */
  async stop(): Promise<InjectionEnd> {
    if (!this.injection) throw new Error("No fault was injected.");
    const { traffic, windows, pace } = this.#options;
    windows.stopMs = nowMs();
    this.end = await this.injection.stop();
    traffic.enter("after");
    if (this.injector.isEventual)
      await traffic.untilProbes("the application takes a write again", isAcknowledged, {
        deadlineMs: pace.deadlineMs,
        inARow: pace.signsInARow,
      });
    windows.stoppedMs = nowMs();
    return this.end;
  }
}
