import { AwsError } from "../../../wire/aws-error.ts";
import type { AwsCall } from "../../../wire/aws-call.ts";
import { nestsTooDeep } from "../../../wire/nests-too-deep.ts";
import type { JsonInput } from "../../json-service.ts";
import { busEvent } from "../delivery/bus-event.ts";
import type { EventsContext, EventsOperations } from "../events-context.ts";
import {
  busNameOf,
  invalid,
  optionalTextOf,
  structuresOf,
  textOf,
  textsOf,
} from "../events-input.ts";
import { compileEventPattern } from "../pattern/compile-event-pattern.ts";
import { isObject } from "../pattern/field.ts";

/** Source: EventBridge User Guide, "Calculating Amazon EventBridge PutEvents event entry size". */
const maxRequestBytes = 262_144;

/** Source: EventBridge API 2015-10-07, PutEvents and TestEventPattern. */
export const eventOperations: EventsOperations = {
  PutEvents(input, context, call) {
    const entries = structuresOf(input, "Entries", 10);
    if (entries.reduce((sum, entry) => sum + sizeOf(entry), 0) > maxRequestBytes)
      throw invalid("Total size of the entries in the request is over the limit.");
    const results = entries.map((entry) => {
      try {
        return { EventId: publish(entry, context, call) };
      } catch (error) {
        if (!(error instanceof AwsError) || error.code === "SerializationException") throw error;
        return { ErrorCode: error.code, ErrorMessage: error.message };
      }
    });
    const failed = results.filter((result) => "ErrorCode" in result).length;
    return { FailedEntryCount: failed, Entries: results };
  },

  TestEventPattern(input) {
    const matches = compileEventPattern(textOf(input, "EventPattern"));
    const event = parse(textOf(input, "Event"));
    if (!isObject(event))
      throw invalid("Parameter Event is not valid. Reason: it is not a JSON object.");
    const missing = ["id", "detail-type", "source", "account", "time", "region", "resources"].find(
      (name) => !Object.hasOwn(event, name),
    );
    if (missing !== undefined)
      throw invalid(`Parameter Event is not valid. Reason: the field ${missing} is missing.`);
    return { Result: matches(event) };
  },
};

/** Takes one entry; answers the id of its event. Throws the AwsError that becomes the entry's. */
function publish(entry: JsonInput, { buses, publish: give }: EventsContext, call: AwsCall): string {
  const source = required(entry, "Source");
  const detailType = required(entry, "DetailType");
  const text = required(entry, "Detail");
  if (source.startsWith("aws."))
    throw new AwsError("NotAuthorizedForSourceException", "Not authorized for the source.");
  if (detailType.length > 128)
    throw argument("Parameter DetailType is not valid. Reason: it has more than 128 characters.");
  const detail = parse(text);
  if (!isObject(detail)) throw new AwsError("MalformedDetail", "Detail is malformed.");
  const { name } = buses.get(call.region, busNameOf(entry, call));
  const event = busEvent({
    ...{ source, detailType, detail, account: call.accountId, region: call.region },
    time: timeOf(entry),
    resources: textsOf(entry, "Resources") ?? [],
  });
  give(event, name);
  return event.id;
}

function required(entry: JsonInput, name: string): string {
  const value = optionalTextOf(entry, name);
  if (value !== undefined && value !== "") return value;
  throw argument(`Parameter ${name} is not valid. Reason: ${name} is a required argument.`);
}

function argument(message: string): AwsError {
  return new AwsError("InvalidArgument", message);
}

/** Seconds since 1970; SDKs send a number. */
function timeOf({ Time }: JsonInput): Date {
  if (Time === undefined || Time === null) return new Date();
  const date = typeof Time === "number" ? new Date(Time * 1_000) : new Date(NaN);
  if (!Number.isNaN(date.getTime())) return date;
  throw new AwsError("SerializationException", "Time must be a number of seconds since 1970.");
}

function parse(text: string): unknown {
  if (nestsTooDeep(Buffer.from(text))) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function sizeOf(entry: JsonInput): number {
  const texts = [
    ...["Source", "DetailType", "Detail"].map((name) => optionalTextOf(entry, name) ?? ""),
    ...(textsOf(entry, "Resources") ?? []),
  ];
  const timeBytes = entry["Time"] === undefined ? 0 : 14;
  return timeBytes + texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
}
