import { AwsError } from "../../../wire/aws-error.ts";
import type { EventBus } from "../event-bus.ts";
import type { EventsOperations } from "../events-context.ts";
import { busNameBounds, busNameOf, invalid, optionalTextOf, textOf } from "../events-input.ts";
import { pageOf } from "../page.ts";
import { readTags, setTags } from "../read-tags.ts";

const maxBuses = 100;

/** Source: EventBridge API 2015-10-07. */
export const busOperations: EventsOperations = {
  CreateEventBus(input, { buses }, call) {
    const name = textOf(input, "Name", busNameBounds);
    if (name.includes("/"))
      throw invalid("Event bus name must not contain '/'; buses of partners are not served here.");
    const all = buses.in(call.region);
    if (all.has(name))
      throw new AwsError("ResourceAlreadyExistsException", `Event bus ${name} already exists.`);
    if (all.size >= maxBuses)
      throw new AwsError(
        "LimitExceededException",
        "The requested resource exceeds the maximum number allowed.",
      );
    const description = optionalTextOf(input, "Description", { max: 512 });
    const tags = readTags(input);
    const checked = new Map<string, string>();
    setTags(checked, tags);
    const bus = buses.create(call.region, name);
    bus.description = description;
    setTags(bus.tags, tags);
    return { EventBusArn: bus.arn, Description: description };
  },

  UpdateEventBus(input, { buses }, call) {
    const bus = buses.get(call.region, busNameOf(input, call, "Name"));
    const description = optionalTextOf(input, "Description", { max: 512 });
    bus.description = description ?? bus.description;
    bus.modifiedAt = new Date();
    return { Arn: bus.arn, Name: bus.name, Description: bus.description };
  },

  DescribeEventBus(input, { buses }, call) {
    return describe(buses.get(call.region, busNameOf(input, call, "Name")));
  },

  ListEventBuses(input, { buses }, call) {
    const prefix = optionalTextOf(input, "NamePrefix", busNameBounds) ?? "";
    const found = [...buses.in(call.region).values()].filter(({ name }) => name.startsWith(prefix));
    const { items, next } = pageOf(input, found, ({ name }) => name);
    return { EventBuses: items.map(describe), ...next };
  },

  DeleteEventBus(input, { buses }, call) {
    const name = textOf(input, "Name", busNameBounds);
    if (name === "default") throw invalid("Cannot delete event bus default.");
    const bus = buses.in(call.region).get(name);
    if (!bus) return;
    if (bus.rules.size > 0) throw invalid(`Event bus ${name} can't be deleted since it has rules.`);
    buses.in(call.region).delete(name);
  },
};

function describe(bus: EventBus) {
  return {
    Name: bus.name,
    Arn: bus.arn,
    Description: bus.description,
    Policy: bus.policy,
    CreationTime: bus.createdAt.getTime() / 1_000,
    LastModifiedTime: bus.modifiedAt.getTime() / 1_000,
  };
}
