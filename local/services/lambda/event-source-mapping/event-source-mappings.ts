import { randomUUID } from "node:crypto";
import type { AwsCall } from "../../../wire/aws-call.ts";
import { AwsError } from "../../../wire/aws-error.ts";
import type { Log } from "../../../log.ts";
import type { ServiceCaller } from "../../../service-caller.ts";
import type { FunctionStore } from "../function-store.ts";
import type { LambdaFunction } from "../lambda-function.ts";
import type { LambdaResult } from "../lambda-invoker.ts";
import type { EventSourceMapping } from "./event-source-mapping.ts";
import { QueueClient } from "./queue-client.ts";
import { QueuePoller } from "./queue-poller.ts";
import { readSettings } from "./read-settings.ts";

export interface EventSourceMappingsArgs {
  readonly functions: FunctionStore;
  /** Calls SQS as the function's role. */
  readonly callService: ServiceCaller;
  /** Runs the function; passes the same faults as a call over HTTP. */
  invoke(functionArn: string, payload: string, signal: AbortSignal): Promise<LambdaResult>;
  readonly log: Log;
}

/** Every event source mapping, and a poller for each that is enabled. */
export class EventSourceMappings {
  readonly #args: EventSourceMappingsArgs;
  readonly #mappings = new Map<string, EventSourceMapping>();
  readonly #pollers = new Map<string, QueuePoller>();

  constructor(args: EventSourceMappingsArgs) {
    this.#args = args;
  }

  async create(
    input: Readonly<Record<string, unknown>>,
    call: AwsCall,
  ): Promise<EventSourceMapping> {
    const queueArn = input["EventSourceArn"];
    if (typeof queueArn !== "string" || !/^arn:aws:sqs:[^:]+:\d{12}:[^:]+$/.test(queueArn))
      throw invalid(
        "EventSourceArn must be the ARN of an SQS queue; this endpoint maps no other source.",
      );
    if (queueArn.endsWith(".fifo")) throw invalid("FIFO queues are not mapped by this endpoint.");
    const lambdaFunction = this.#args.functions.find(String(input["FunctionName"] ?? ""), call);
    const settings = readSettings(input);
    const twin = this.list().find(
      (each) => each.queueArn === queueArn && each.functionArn === lambdaFunction.arn,
    );
    if (twin)
      throw new AwsError(
        "ResourceConflictException",
        `An event source mapping with event source arn (" ${queueArn} ") and function (" ${lambdaFunction.name} ") already exists. Please update or delete the existing mapping with UUID ${twin.uuid}`,
        409,
        { Type: "User" },
      );
    await this.#checkQueue(queueArn, lambdaFunction);
    const uuid = randomUUID();
    const mapping: EventSourceMapping = {
      uuid,
      arn: `arn:aws:lambda:${call.region}:${call.accountId}:event-source-mapping:${uuid}`,
      region: call.region,
      queueArn,
      tags: new Map(Object.entries((input["Tags"] as Record<string, string> | undefined) ?? {})),
      functionArn: lambdaFunction.arn,
      settings,
      lastModified: new Date(),
      lastResult: "No records processed",
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
    const settings = readSettings(input, mapping.settings);
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
    const { functions, callService, invoke, log } = this.#args;
    const { roleArn } = functions.byArn(mapping.functionArn).configuration;
    this.#pollers.set(
      mapping.uuid,
      new QueuePoller({
        mapping,
        queue: new QueueClient(callService, mapping.queueArn, roleArn),
        invoke: (payload, signal) => invoke(mapping.functionArn, payload, signal),
        log,
      }),
    );
  }

  async #stop(uuid: string): Promise<void> {
    const poller = this.#pollers.get(uuid);
    this.#pollers.delete(uuid);
    await poller?.close();
  }

  /** What Lambda checks of a queue before it takes it as a source. */
  async #checkQueue(queueArn: string, { configuration }: LambdaFunction): Promise<void> {
    const queue = new QueueClient(this.#args.callService, queueArn, configuration.roleArn);
    const attributes = await queue.attributes().catch((error: unknown) => {
      if (!(error instanceof AwsError)) throw error;
      throw invalid(
        error.code === "QueueDoesNotExist"
          ? `Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: ${error.message}`
          : `The function execution role does not have permissions to call GetQueueAttributes on SQS: ${error.message}`,
      );
    });
    const visibility = Number(attributes["VisibilityTimeout"]);
    if (visibility < configuration.timeoutSeconds)
      throw invalid(
        `Queue visibility timeout: ${String(visibility)} seconds is less than Function timeout: ${String(configuration.timeoutSeconds)} seconds`,
      );
  }
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message, 400, { Type: "User" });
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
