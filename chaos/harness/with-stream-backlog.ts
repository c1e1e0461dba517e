import type { App, Workload } from "../workload-contract.ts";
import { isThisMachine } from "../stack/is-this-machine.ts";
import type { Pending } from "./pending-watch.ts";
import type { StackResource, Target } from "./target.ts";

const path = "/_outage-drill/event-source-mappings";

interface MappingState {
  readonly uuid: string;
  readonly functionArn: string;
  readonly unprocessedRecords: number;
}

/**
 * The workload, to which the records are pending as well that the stack's functions have not yet taken
 * from DynamoDB streams. No call of AWS tells how many these are, so a workload cannot; the emulated
 * cloud of this project knows. Elsewhere, and without such a function, it is the same workload.
 */
export function withStreamBacklog(
  workload: Workload,
  { endpoint, resources = [] }: Pick<Target, "endpoint" | "resources">,
): Workload {
  const uuids = new Set(resources.filter(readsStream).map(({ id }) => id));
  if (uuids.size === 0 || endpoint === undefined) return workload;
  if (!isThisMachine(new URL(endpoint).hostname)) return workload;
  const pending = async (app: App): Promise<Pending> => {
    // The later stage is asked last: what leaves the stream meanwhile is then in its count.
    const records = await recordsOf(uuids, app, endpoint);
    return { ...records, ...(await workload.pending?.(app)) };
  };
  return new Proxy(workload, {
    get(target, name) {
      if (name === "pending") return pending;
      const value: unknown = Reflect.get(target, name);
      // A workload may be an instance of a class, with private fields.
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });
}

function readsStream({ type, outputs }: StackResource): boolean {
  return (
    type.startsWith("aws:lambda/eventSourceMapping:") &&
    String(outputs["eventSourceArn"]).startsWith("arn:aws:dynamodb:")
  );
}

/** @returns how many records wait for each function; nothing where the cloud does not know */
async function recordsOf(
  uuids: ReadonlySet<string | undefined>,
  app: App,
  endpoint: string,
): Promise<Pending> {
  const { status, body } = await app.http(endpoint).send("GET", path);
  if (status !== 200) return {};
  const { eventSourceMappings } = JSON.parse(body) as {
    readonly eventSourceMappings: readonly MappingState[];
  };
  return Object.fromEntries(
    eventSourceMappings
      .filter(({ uuid }) => uuids.has(uuid))
      .map(({ functionArn, unprocessedRecords }) => [
        `records for ${functionArn.split(":").at(-1) ?? ""}`,
        unprocessedRecords,
      ]),
  );
}
