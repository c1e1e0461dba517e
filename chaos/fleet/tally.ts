import type { Anomaly, AnomalyKind } from "../harness/anomaly.ts";
import { anomalyKinds, countByKind } from "../harness/anomaly.ts";
import type { Verdict } from "../harness/checker.ts";
import type { Evidence } from "../harness/evidence.ts";
import { evidenceOf } from "../harness/evidence.ts";
import { isAcknowledged } from "../harness/history.ts";
import type { Op } from "../harness/history.ts";
import { unsafeKinds } from "../harness/measure.ts";
import { Bitmap } from "./bitmap.ts";

/** So many anomalies of a kind are kept with all their requests; all are counted. */
const keptOfAKind = 100;
const keptReasons = 50;

/** Adds up the verdicts on the parts of a history, in memory that does not grow with it. */
export class Tally {
  /** Acknowledged writes of which an anomaly says that they are not safe. */
  unsafe = 0;
  readonly #counts: Record<AnomalyKind, number> = { ...countByKind([]) };
  readonly #kept: Anomaly[] = [];
  readonly #reasons = new Set<string>();
  readonly #unsafe = new Bitmap();
  readonly #telling = new Bitmap();
  readonly #inWindow: (op: Op) => boolean;
  #all = { queued: 0, all: 0 };
  #inside = { queued: 0, all: 0 };

  /** @param inWindow whether a write was sent and answered while the fault was in effect */
  constructor(inWindow: (op: Op) => boolean = () => false) {
    this.#inWindow = inWindow;
  }

  add(
    { anomalies, reasons }: Pick<Verdict, "anomalies" | "reasons">,
    telling: readonly Op[],
  ): void {
    for (const anomaly of anomalies) this.addAnomaly(anomaly);
    for (const reason of reasons) this.addReason(reason);
    for (const op of telling) {
      if (!this.#telling.add(op.index)) continue;
      count(this.#all, op);
      if (this.#inWindow(op)) count(this.#inside, op);
    }
  }

  addAnomaly(anomaly: Anomaly): void {
    const { kind, expected, atLeast = 1 } = anomaly;
    this.#counts[kind] += atLeast;
    if (expected && unsafeKinds.has(kind) && isAcknowledged(expected))
      this.unsafe += this.#unsafe.add(expected.index) ? atLeast : 0;
    if (this.#counts[kind] < keptOfAKind + atLeast) this.#kept.push(anomaly);
  }

  /** Why the verdict cannot be valid. */
  addReason(reason: string): void {
    if (this.#reasons.size < keptReasons) this.#reasons.add(reason);
  }

  /** Of the writes in the fault's window. */
  get evidenceInWindow(): Evidence {
    return evidenceOf(this.#inside);
  }

  verdict(acknowledged: number, clockErrorMs: number): Verdict {
    const isInvalid = Object.values(this.#counts).some((each) => each > 0);
    return {
      result: isInvalid ? "invalid" : this.#reasons.size > 0 ? "unknown" : "valid",
      anomalies: [...this.#kept].sort(
        (a, b) => anomalyKinds.indexOf(a.kind) - anomalyKinds.indexOf(b.kind),
      ),
      reasons: [...this.#reasons],
      acknowledged,
      counts: this.#counts,
      evidence: evidenceOf(this.#all),
      ...(clockErrorMs > 0 && { clockErrorMs }),
    };
  }
}

function count(into: { queued: number; all: number }, { type }: Op): void {
  into.all += 1;
  if (type === "queued") into.queued += 1;
}
