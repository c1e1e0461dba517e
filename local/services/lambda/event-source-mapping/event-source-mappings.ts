import { randomUUID } from "node:crypto";
import type { AwsCall } from "../../../wire/aws-call.ts";
import { AwsError } from "../../../wire/aws-error.ts";
import type { Log } from "../../../log.ts";
import type { ServiceCaller } from "../../../service-caller.ts";
import type { FunctionStore } from "../function-store.ts";
import type { LambdaFunction } from "../lambda-function.ts";
import type { LambdaResult } from "../lambda-invoker.ts";
import type { StreamBacklogs } from "../../dynamodb/streams/stream-backlogs.ts";
import { checkQueue } from "./check-queue.ts";
import { checkStream } from "./check-stream.ts";
import type { EventSourceMapping } from "./event-source-mapping.ts";
import { tellOfGivenUp } from "./give-up-records.ts";
import { QueueClient } from "./queue-client.ts";
import { QueuePoller } from "./queue-poller.ts";
import { readSettings, type SourceKind } from "./read-settings.ts";
import { StreamClient } from "./stream-client.ts";
import { StreamPoller } from "./stream-poller.ts";
import { invalidMapping } from "./whole-number.ts";

export interface EventSourceMappingsArgs {
  readonly functions: FunctionStore;
  /** Calls SQS and DynamoDB as the function's role. */
  readonly callService: ServiceCaller;
  /** Calls the destination of records that are given up, as the function's role. */
  readonly callDestination: ServiceCaller;
  readonly backlogs: StreamBacklogs;
  /** Hears how old the newest record of a batch is, in milliseconds. */
  recordAge(functionArn: string, ageMs: number): void;
  /** Runs the function; passes the same faults as a call over HTTP. */
  invoke(functionArn: string, payload: string, signal: AbortSignal): Promise<LambdaResult>;
  readonly log: Log;
}

/** Every event source mapping, and a poller for each that is enabled. */
export class EventSourceMappings {
  readonly #args: EventSourceMappingsArgs;
  readonly #mappings = new Map<string, EventSourceMapping>();
  readonly #pollers = new Map<string, QueuePoller | StreamPoller>();

  constructor(args: EventSourceMappingsArgs) {
    this.#args = args;
  }

  async create(
    input: Readonly<Record<string, unknown>>,
    call: AwsCall,
  ): Promise<EventSourceMapping> {
    const sourceArn = String(input["EventSourceArn"] ?? "");
    const kind = kindOf(sourceArn);
    const lambdaFunction = this.#args.functions.find(String(input["FunctionName"] ?? ""), call);
    const settings = readSettings(input, kind);
    const twin = this.list().find(
      (each) => each.sourceArn === sourceArn && each.functionArn === lambdaFunction.arn,
    );
    if (twin)
      throw new AwsError(
        "ResourceConflictException",
        `An event source mapping with event source arn (" ${sourceArn} ") and function (" ${lambdaFunction.name} ") already exists. Please update or delete the existing mapping with UUID ${twin.uuid}`,
        409,
        { Type: "User" },
      );
    const check = kind === "stream" ? checkStream : checkQueue;
    await check(sourceArn, lambdaFunction, this.#args.callService);
    const uuid = randomUUID();
    const mapping: EventSourceMapping = {
      uuid,
      arn: `arn:aws:lambda:${call.region}:${call.accountId}:event-source-mapping:${uuid}`,
      region: call.region,
      sourceArn,
      tags: new Map(Object.entries((input["Tags"] as Record<string, string> | undefined) ?? {})),
      functionArn: lambdaFunction.arn,
      settings,
      lastModified: new Date(),
      lastResult: "No records processed",
      // What was written before is not read, whenever the stream can be read.
      position:
        settings.stream?.startingPosition === "LATEST"
          ? this.#args.backlogs.newestOf(sourceArn)
          : undefined,
    };
    this.#mappings.set(uuid, mapping);
    this.#poll(mapping);
    return mapping;
  }

  async update(
    uuid: string,
    input: Readonly<Record<string, unknown>>,
    call: AwsCall,
  ): Promise<EventSourceMapping> {
    const mapping = this.get(uuid);
    const settings = readSettings(input, kindOf(mapping.sourceArn), mapping.settings);
    const name = input["FunctionName"];
    if (typeof name === "string") mapping.functionArn = this.#args.functions.find(name, call).arn;
    await this.#stop(uuid);
    mapping.settings = settings;
    mapping.lastModified = new Date();
    this.#poll(mapping);
    return mapping;
  }

  async delete(uuid: string): Promise<EventSourceMapping> {
    const mapping = this.get(uuid);
    this.#mappings.delete(uuid);
    await this.#stop(uuid);
    return mapping;
  }

  get(uuid: string): EventSourceMapping {
    const mapping = this.#mappings.get(uuid);
    if (!mapping) throw notFound();
    return mapping;
  }

  byArn(arn: string): EventSourceMapping {
    return this.get(arn.split(":").at(-1) ?? "");
  }

  list(): EventSourceMapping[] {
    return [...this.#mappings.values()];
  }

  /** A mapping outlives its function on AWS, where it then only reports a problem. */
  async functionDeleted({ arn }: LambdaFunction): Promise<void> {
    for (const mapping of this.list())
      if (mapping.functionArn === arn) {
        mapping.lastResult = "PROBLEM: Function not found";
        await this.#stop(mapping.uuid);
      }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#pollers.keys()].map((uuid) => this.#stop(uuid)));
  }

  #poll(mapping: EventSourceMapping): void {
    if (!mapping.settings.enabled) return;
    const { functions, invoke, log } = this.#args;
    const { roleArn } = functions.byArn(mapping.functionArn).configuration;
    const run = (payload: string, signal: AbortSignal) =>
      invoke(mapping.functionArn, payload, signal);
    this.#pollers.set(
      mapping.uuid,
      mapping.settings.stream
        ? this.#streamPoller(mapping, roleArn, run)
        : new QueuePoller({
            ...{ mapping, log, invoke: run },
            queue: new QueueClient(this.#args.callService, mapping.sourceArn, roleArn),
          }),
    );
  }

  #streamPoller(
    mapping: EventSourceMapping,
    roleArn: string,
    invoke: (payload: string, signal: AbortSignal) => Promise<LambdaResult>,
  ): StreamPoller {
    const { callService, callDestination: call, log, recordAge } = this.#args;
    const { sourceArn: streamArn, functionArn } = mapping;
    return new StreamPoller({
      ...{ mapping, invoke, log },
      stream: new StreamClient(callService, streamArn, roleArn),
      recordAge: (ageMs) => {
        recordAge(functionArn, ageMs);
      },
      tell: (records, signal) => {
        const destinationArn = mapping.settings.stream?.onFailureArn ?? "";
        const args = { call, destinationArn, roleArn, functionArn, streamArn };
        return tellOfGivenUp(records, args, signal);
      },
    });
  }

  async #stop(uuid: string): Promise<void> {
    const poller = this.#pollers.get(uuid);
    this.#pollers.delete(uuid);
    await poller?.close();
  }
}

function kindOf(sourceArn: string): SourceKind {
  if (/^arn:aws:dynamodb:[^:]+:\d{12}:table\/[^/]+\/stream\/[^/]+$/.test(sourceArn))
    return "stream";
  if (!/^arn:aws:sqs:[^:]+:\d{12}:[^:]+$/.test(sourceArn))
    throw invalidMapping(
      "EventSourceArn must be the ARN of an SQS queue or of a DynamoDB stream; this endpoint maps no other source.",
    );
  return sourceArn.endsWith(".fifo") ? "FIFO queue" : "queue";
}

function notFound(): AwsError {
  return new AwsError(
    "ResourceNotFoundException",
    "The resource you requested does not exist.",
    404,
    {
      Type: "User",
    },
  );
}
