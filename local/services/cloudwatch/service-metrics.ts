import type { MetricSeries, MetricStore } from "./metric-store.ts";
import { createQueueTraffic, type QueueTraffic } from "./queue-traffic.ts";
import { reportedMetrics } from "./reported-metrics.ts";

/** One request to a deployed API. */
export interface ApiRequestFacts {
  readonly region: string;
  readonly apiName: string;
  readonly stageName: string;
  readonly status: number;
  readonly latencyMs: number;
}

/** One event that a function took, or did not take because it was at its concurrency. */
export interface InvocationFacts {
  readonly region: string;
  readonly functionName: string;
  readonly outcome: "succeeded" | "failed" | "throttled";
  readonly durationMs: number;
}

/** A batch of a stream that went to a function. */
export interface IteratorAgeFacts {
  readonly region: string;
  readonly functionName: string;
  /** How old its newest record was. */
  readonly ageMs: number;
}

/** The metrics that services report of what they do. */
export interface ServiceMetrics {
  apiRequest(facts: ApiRequestFacts): void;
  invocation(facts: InvocationFacts): void;
  iteratorAge(facts: IteratorAgeFacts): void;
  queueTraffic(traffic: QueueTraffic): void;
}

/**
 * Sources: API Gateway Developer Guide, "Amazon API Gateway dimensions and metrics"; Lambda
 * Developer Guide, "Types of metrics for Lambda functions".
 */
export function createServiceMetrics(metricsOf: (region: string) => MetricStore): ServiceMetrics {
  const kept = new Map<string, MetricSeries[]>();

  /** The series of each metric in one set of dimensions, in the order of `reportedMetrics`. */
  function seriesOf(
    region: string,
    namespace: keyof typeof reportedMetrics,
    dimensions: Readonly<Record<string, string>>,
  ): MetricSeries[] {
    const key = [region, namespace, ...Object.values(dimensions)].join("\n");
    const found =
      kept.get(key) ??
      Object.entries(reportedMetrics[namespace])
        .filter(([name]) => name !== "IteratorAge")
        .map(([name, unit]) => metricsOf(region).series({ namespace, name, dimensions }, unit));
    kept.set(key, found);
    return found;
  }

  return {
    queueTraffic: createQueueTraffic(metricsOf),
    apiRequest({ region, apiName, stageName, status, latencyMs }) {
      const values = [1, status >= 400 && status < 500 ? 1 : 0, status >= 500 ? 1 : 0, latencyMs];
      const add = (dimensions: Readonly<Record<string, string>>) => {
        addEach(seriesOf(region, "AWS/ApiGateway", dimensions), values);
      };
      add({ ApiName: apiName });
      add({ ApiName: apiName, Stage: stageName });
    },
    invocation({ region, functionName, outcome, durationMs }) {
      const series = seriesOf(region, "AWS/Lambda", { FunctionName: functionName });
      const values =
        outcome === "throttled"
          ? [1]
          : [0, 1, outcome === "failed" ? 1 : 0, Math.round(durationMs)];
      addEach(series, values);
    },
    iteratorAge({ region, functionName, ageMs }) {
      const dimensions = { FunctionName: functionName };
      metricsOf(region)
        .series(
          { namespace: "AWS/Lambda", name: "IteratorAge", dimensions },
          reportedMetrics["AWS/Lambda"].IteratorAge,
        )
        .add(Math.max(0, Math.round(ageMs)));
    },
  };
}

function addEach(series: readonly MetricSeries[], values: readonly number[]): void {
  for (const [index, value] of values.entries()) series[index]?.add(value);
}
