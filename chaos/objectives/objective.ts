import type { Metric } from "./metrics.ts";
import type { Unit } from "./units.ts";

/** Both strict and inclusive bounds, from above and from below. */
export const operators = ["<=", ">=", "<", ">"] as const;

export type Operator = (typeof operators)[number];

/** A demand on what a run measures, such as `recovery<10s`. */
export interface Objective {
  /** In the usual spelling: `during.p99<=500ms`. */
  readonly text: string;
  /** The one experiment that it is for; absent when it is for every one. */
  readonly experiment?: string;
  readonly metric: Metric;
  readonly operator: Operator;
  /** Milliseconds, a share from 0 to 1, or a number: as `unit` says. */
  readonly limit: number;
  readonly unit: Unit;
}

/** - `held`: the value keeps the limit. `not-held`: it does not. `unknown`: nobody can tell. */
export type ObjectiveStatus = "held" | "not-held" | "unknown";

/** An objective beside what was measured, as it stands in journals and in `chaos.json`. */
export interface JudgedObjective {
  readonly text: string;
  readonly metric: string;
  readonly operator: Operator;
  readonly unit: Unit;
  readonly limit: number;
  /** Absent when it could not be measured. */
  readonly value?: number;
  readonly status: ObjectiveStatus;
  /** Why the status is unknown. */
  readonly reason?: string;
  /** Whether the drill demands it of itself, without having been asked to. */
  readonly isBuiltIn?: boolean;
}

export function isKept(operator: Operator, value: number, limit: number): boolean {
  if (operator === "<") return value < limit;
  if (operator === "<=") return value <= limit;
  return operator === ">" ? value > limit : value >= limit;
}
