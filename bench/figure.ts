import type { CloudProcess } from "./cloud-process.ts";

/** One measured figure and what it is to be. */
export interface Figure {
  readonly name: string;
  readonly unit: string;
  /** Smallest or largest value that is good enough; absent where it is only shown. */
  readonly target?: { readonly atLeast: number } | { readonly atMost: number };
}

export interface Measured extends Figure {
  readonly value: number;
}

/** Measures one or more figures on a running cloud. */
export type Measure = (cloud: CloudProcess) => Promise<Measured[]>;

export function holds({ target, value }: Measured): boolean {
  if (!target) return true;
  return "atLeast" in target ? value >= target.atLeast : value <= target.atMost;
}
