import type { FaultRule } from "../../../faults/rule.ts";
import type { Dice } from "../../../faults/dice.ts";
import type { Log } from "../../../log.ts";
import type { InvocationEffect } from "../../lambda/invocation-fault.ts";

/** One kind of thing that an experiment can do: an entry of ListActions. */
export interface FisAction {
  readonly id: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, ActionParameter>>;
  /** Target key (such as `Roles`) → resource type. Every key must be given. */
  readonly targets: Readonly<Record<string, string>>;
  /** Whether it can be given targets besides, which it does nothing to. */
  readonly takesAnyTarget?: true;
  /** Reads the parameters of a template's action. Throws ParameterError. */
  plan(parameters: Parameters): ActionPlan;
}

/** Names that the action does not have are refused before it sees them. */
export type Parameters = Readonly<Record<string, string>>;

export interface ActionParameter {
  readonly description: string;
  readonly required: boolean;
}

/** What an action does while it runs. */
export interface ActionPlan {
  /** How long it runs; `undefined` when it runs until the experiment is stopped. */
  readonly durationMs: number | undefined;
  /** Why this cloud cannot carry it out; an experiment that would come to it fails at its start. */
  readonly problem?: string;
  /** What happens to calls while it runs. */
  readonly faults?: (context: ActionContext) => readonly ActionFault[];
  /** What happens inside Lambda to invocations of functions while it runs. */
  readonly invocationFault?: (context: ActionContext) => ActionInvocationFault;
  /** Whether FIS does this as the role of the template, which must then be there and trust FIS. */
  readonly needsRole?: boolean;
  /**
   * What the action is, where its end is not a matter of time alone: it completes when this resolves
   * and fails when it rejects. After `durationMs`, and when the experiment is stopped, the signal
   * aborts; this must then undo what it did, and resolve when it has.
   */
  readonly run?: (context: ActionContext, signal: AbortSignal) => Promise<void>;
  /** Work at its start. An error fails the action and its experiment. */
  readonly start?: (context: ActionContext) => void;
  /** Work after it, on every way out; the experiment ends when this has ended. */
  readonly end?: (context: ActionContext) => Promise<void>;
}

/** A rule that the action will own. */
export type ActionFault = Omit<FaultRule, "owner">;

export interface ActionInvocationFault {
  readonly functionArns: readonly string[];
  /** 0 to 1. */
  readonly probability: number;
  readonly effect: InvocationEffect;
  /** Dice that only this action rolls. Default: the cloud's. */
  readonly dice?: Dice;
}

export interface ActionContext {
  readonly experimentId: string;
  /** Name of the action in its template. */
  readonly action: string;
  readonly region: string;
  /** The role of the template. */
  readonly roleArn: string;
  /** Target key → ARNs of the resources that were chosen. */
  readonly targetArns: Readonly<Record<string, readonly string[]>>;
  readonly log: Log;
}

/** A parameter that cannot be used: one sentence that names it. */
export class ParameterError extends Error {}

/** What every injected error says. Source: the LocalStack tutorial on FIS. */
export const injectedErrorMessage = "Failing as per Fault Injection Simulator configuration";
