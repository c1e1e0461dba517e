import type { Log } from "../../log.ts";
import type { ServiceCaller } from "../../service-caller.ts";
import { readArn } from "../../wire/arn.ts";
import type { AwsService } from "../aws-service.ts";
import type { IamStore } from "../iam/iam-store.ts";
import { jsonService } from "../json-service.ts";
import type { LambdaService } from "../lambda/lambda-service.ts";
import type { SnsService } from "../sns/sns-service.ts";
import type { SqsService } from "../sqs/sqs-service.ts";
import { busEvent, type BusEvent } from "./delivery/bus-event.ts";
import { deliverEvent } from "./delivery/deliver-event.ts";
import { createSendToTarget } from "./delivery/send-to-target.ts";
import { EventBuses } from "./event-bus.ts";
import type { EventsContext, EventsOperations } from "./events-context.ts";
import { busOperations } from "./operations/bus-operations.ts";
import { eventOperations } from "./operations/event-operations.ts";
import { permissionOperations } from "./operations/permission-operations.ts";
import { ruleOperations } from "./operations/rule-operations.ts";
import { tagOperations } from "./operations/tag-operations.ts";
import { targetOperations } from "./operations/target-operations.ts";
import { Scheduler } from "./schedule/scheduler.ts";
import type { Rule } from "./rule.ts";

export interface EventsService extends AwsService {
  /** Policy of an event bus, as its JSON text. */
  resourcePolicyOf(busArn: string): string | undefined;
}

export interface EventsServiceOptions {
  readonly accountId: string;
  readonly iam: IamStore;
  /** Calls SQS, SNS and, with a role, Lambda for targets. */
  readonly callService: ServiceCaller;
  readonly sqs: Pick<SqsService, "resourcePolicyOf">;
  readonly sns: Pick<SnsService, "resourcePolicyOf">;
  readonly lambda: Pick<LambdaService, "invoker">;
  readonly log: Log;
}

const operations: EventsOperations = {
  ...busOperations,
  ...permissionOperations,
  ...ruleOperations,
  ...targetOperations,
  ...eventOperations,
  ...tagOperations,
};

/** EventBridge: event buses, rules with patterns and schedules, and their targets. */
export function createEventsService(options: EventsServiceOptions): EventsService {
  const { accountId, iam, callService, lambda, sqs, sns, log } = options;
  const send = createSendToTarget({
    ...{ callService, iam, invoker: lambda.invoker },
    resourcePolicyOf: (arn) => (readArn(arn).service === "sns" ? sns : sqs).resourcePolicyOf(arn),
  });
  const closing = new AbortController();
  const buses = new EventBuses(accountId);

  const toTargets = (event: BusEvent, rule: Rule): void => {
    for (const target of rule.targets.values())
      void deliverEvent(event, rule, target, { send, log, signal: closing.signal });
  };
  const scheduler = new Scheduler((rule, time) => {
    const { arn, region } = rule;
    const facts = { source: "aws.events", detailType: "Scheduled Event", detail: {} };
    toTargets(busEvent({ ...facts, account: accountId, region, time, resources: [arn] }), rule);
  });
  const context: EventsContext = {
    buses,
    scheduler,
    publish(event, busName) {
      for (const rule of buses.get(event.region, busName).rules.values())
        if (rule.settings.state !== "DISABLED" && rule.settings.matches?.(event))
          toTargets(event, rule);
    },
  };

  return {
    ...jsonService(
      "events",
      Object.fromEntries(
        Object.entries(operations).map(([name, run]) => [
          name,
          (input, call) => run(input, context, call),
        ]),
      ),
      { targetPrefix: "AWSEvents", protocol: "json-1.1" },
    ),
    resourcePolicyOf(arn) {
      const { region, resource } = readArn(arn);
      if (!resource.startsWith("event-bus/")) return undefined;
      return buses.in(region).get(resource.slice("event-bus/".length))?.policy;
    },
    close() {
      scheduler.close();
      closing.abort();
      return Promise.resolve();
    },
  };
}
