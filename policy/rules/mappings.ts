import { ifKnown, UNKNOWN } from "../graph/unknown.ts";
import { forEachTrigger } from "./for-each-trigger.ts";
import { choices, chosen, type StackRule } from "./rule.ts";

export const mappingReportsPartialFailures: StackRule = {
  name: "mapping-reports-partial-failures",
  description:
    "Checks that the event source mapping of a queue lets the function fail single messages of a batch.",
  severity: "high",
  remediationSteps:
    'Set functionResponseTypes: ["ReportBatchItemFailures"] on the mapping and return batchItemFailures.',
  url: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html",
  validateStack: forEachTrigger((_args, { mapping, queue }, reportViolation) => {
    const types = ifKnown(() => [...((mapping.props.functionResponseTypes as string[]) ?? [])]);
    if (types !== UNKNOWN && !types.includes("ReportBatchItemFailures"))
      reportViolation(
        `Mapping ${mapping.resource.name} of queue ${queue.resource.name} fails a batch as a whole, so one bad message makes good ones run again. Set functionResponseTypes to ["ReportBatchItemFailures"].`,
        mapping.resource.urn,
      );
  }),
};

export const mappingBoundsConcurrency: StackRule = {
  name: "mapping-bounds-concurrency",
  description:
    "Checks that the event source mapping of a queue leaves concurrency to the functions that answer callers.",
  severity: "medium",
  remediationSteps: "Set scalingConfig.maximumConcurrency on the mapping; 2 is the least.",
  url: "https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html",
  configSchema: choices({
    most: { default: 100, minimum: 2, description: "The highest maximumConcurrency." },
  }),
  validateStack: forEachTrigger((args, { mapping, queue }, reportViolation) => {
    const { most } = chosen(args, { most: 100 });
    const concurrency = ifKnown(() => mapping.props.scalingConfig?.maximumConcurrency);
    if (concurrency === UNKNOWN) return;
    const { name, urn } = mapping.resource;
    if (concurrency === undefined)
      reportViolation(
        `Mapping ${name} of queue ${queue.resource.name} has no maximumConcurrency, so the backlog of an outage can take all the concurrency of the account. Set scalingConfig.maximumConcurrency.`,
        urn,
      );
    else if (concurrency > most)
      reportViolation(
        `Mapping ${name} of queue ${queue.resource.name} runs up to ${String(concurrency)} functions at once. Set scalingConfig.maximumConcurrency to at most ${String(most)}.`,
        urn,
      );
  }),
};
