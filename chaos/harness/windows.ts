import type { Op, Phase } from "./history.ts";

/** When the run passed from one phase to the next; undefined while it has not. */
export class Windows {
  startMs: number | undefined;
  /** The injection was asked for; what is in flight from here on may already meet the fault. */
  injectMs: number | undefined;
  /** The fault was seen in effect. */
  runningMs: number | undefined;
  /** The stop was asked for. */
  stopMs: number | undefined;
  /** The fault was seen to be over. */
  stoppedMs: number | undefined;
  endMs: number | undefined;

  /** Sent and answered inside the phase, transitions left out. An open end is open to the future. */
  within(phase: Phase, ops: readonly Op[]): readonly Op[] {
    const [fromMs, toMs] = this.bounds(phase);
    return ops.filter((op) => op.invokeMs >= fromMs && op.endMs <= toMs);
  }

  sentIn(phase: Phase, ops: readonly Op[]): readonly Op[] {
    const [fromMs, toMs] = this.bounds(phase);
    return ops.filter((op) => op.invokeMs >= fromMs && op.invokeMs <= toMs);
  }

  /** May have met the fault: in flight at any time from the request to inject to its end. */
  touchedByFault(ops: readonly Op[]): readonly Op[] {
    const { injectMs = Infinity, stoppedMs = Infinity } = this;
    return ops.filter((op) => op.endMs >= injectMs && op.invokeMs <= stoppedMs);
  }

  private bounds(phase: Phase): [number, number] {
    if (phase === "before") return [this.startMs ?? Infinity, this.injectMs ?? Infinity];
    if (phase === "during") return [this.runningMs ?? Infinity, this.stopMs ?? Infinity];
    return [this.stoppedMs ?? Infinity, this.endMs ?? Infinity];
  }
}
