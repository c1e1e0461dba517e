import type { AwsCall } from "../../wire/aws-call.ts";
import type { WaitEnd } from "../wait-out.ts";

/** One call that a rule hits. */
export interface Hit {
  readonly call: AwsCall;
  /** ARN of who makes the call. */
  readonly principal: string;
  /** 0 up to, and not including, 1: which of several things the effect does. */
  readonly choice: number;
  /** Has the service act. Answers its HttpAnswer, or what it answers inside the cloud. */
  act(): Promise<unknown>;
  /** Waits until the rule is out of force or the caller has gone. */
  untilFaultEnds(): Promise<WaitEnd>;
}

/** The call waits, and then goes on. What several rules say adds up. */
export interface DelayingEffect<Settings> {
  readonly role: "delays";
  delayMs(settings: Settings): number;
}

/** How the call ends. Of several rules the first one that is still in force by then decides. */
export interface EndingEffect<Settings> {
  readonly role: "ends";
  /** What the log says of it besides its name. */
  facts?(settings: Settings, hit: Hit): Readonly<Record<string, unknown>>;
  /**
   * Rejects with the AwsError or the TransportFailure that the caller meets. Whether the service
   * acts is whether this calls `hit.act()`.
   */
  end(settings: Settings, hit: Hit): Promise<never>;
}

/** One thing that a fault can do to a call; `Settings` is plain data. */
export type FaultEffect<Settings> = DelayingEffect<Settings> | EndingEffect<Settings>;
