import { randomUUID } from "node:crypto";

/** An event as rules and targets see it. Source: EventBridge User Guide, "Events". */
export interface BusEvent {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, in whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export interface BusEventFacts {
  readonly detailType: string;
  readonly source: string;
  readonly account: string;
  readonly region: string;
  readonly time: Date;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export function busEvent({ detailType, time, ...facts }: BusEventFacts): BusEvent {
  return {
    version: "0",
    id: randomUUID(),
    "detail-type": detailType,
    source: facts.source,
    account: facts.account,
    time: time.toISOString().replace(/\.\d{3}Z$/, "Z"),
    region: facts.region,
    resources: facts.resources,
    detail: facts.detail,
  };
}
