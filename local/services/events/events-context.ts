import type { AwsCall } from "../../wire/aws-call.ts";
import type { JsonInput } from "../json-service.ts";
import type { BusEvent } from "./delivery/bus-event.ts";
import type { EventBuses } from "./event-bus.ts";
import type { Scheduler } from "./schedule/scheduler.ts";

export interface EventsContext {
  readonly buses: EventBuses;
  readonly scheduler: Scheduler;
  /** Gives an event to every rule of a bus that it matches. */
  publish(event: BusEvent, busName: string): void;
}

/** One operation: its output, `undefined` for one without. Throws AwsError. */
export type EventsOperation = (input: JsonInput, context: EventsContext, call: AwsCall) => unknown;
export type EventsOperations = Readonly<Record<string, EventsOperation>>;
