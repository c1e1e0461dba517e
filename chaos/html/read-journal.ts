import { formatQuantity } from "../objectives/units.ts";
import type { SummaryRow } from "../report/summary.ts";
import { epochOf, fieldsOf, listOf, numberOf, textOf, timeOf } from "./lenient.ts";
import type { Fields } from "./lenient.ts";
import { readRequest } from "./request.ts";
import type { Request } from "./request.ts";
import type {
  AnomalyView,
  ExperimentView,
  LookView,
  ObjectiveView,
  QueueSample,
  StepView,
} from "./run-view.ts";

/**
 * An experiment as the page shows it, of a journal that any version may have written.
 *
 * @param journal parsed JSON, or undefined where there is none
 */
export function readJournal(
  row: SummaryRow,
  journal: unknown,
  requests: readonly Request[],
  gaps: readonly string[],
): ExperimentView {
  const fields = fieldsOf(journal);
  const fault = fieldsOf(fields["fault"]);
  const target = fieldsOf(fields["target"]);
  const verdict = fieldsOf(fields["verdict"]);
  const { source } = fault;
  return {
    name: row.experiment,
    row,
    outcome: row.outcome,
    title: textOf(fields["title"]) ?? "",
    hypothesis: textOf(fields["hypothesis"]) ?? "",
    seed: textOf(fields["seed"]),
    startedMs: timeOf(fields["startedAt"]),
    endedMs: timeOf(fields["endedAt"]),
    target: {
      endpoint: textOf(target["endpoint"]),
      region: textOf(target["region"]),
      config: Object.entries(fieldsOf(target["config"])).map(([key, value]) => [key, show(value)]),
    },
    fault: {
      injector: textOf(fault["injector"]),
      failure: textOf(fault["failure"]),
      source: source === undefined ? undefined : JSON.stringify(source, null, 2),
      injectedMs: timeOf(fault["injectedAt"]),
      runningMs: timeOf(fault["runningAt"]),
      stopMs: timeOf(fault["stopRequestedAt"]),
      stoppedMs: timeOf(fault["stoppedAt"]),
    },
    steps: [...listOf(fields["steps"]), ...listOf(fields["rollbacks"])].map(readStep),
    queue: listOf(fields["queueDepth"]).flatMap(readQueueSample),
    looks: listOf(fields["looks"]).flatMap(readLook),
    anomalies: readAnomalies(listOf(verdict["anomalies"]), listOf(fields["anomalies"]), requests),
    objectives: listOf(fields["objectives"]).map(readObjective),
    recoveryLimitMs: numberOf(fieldsOf(fields["limits"])["recoveryMs"]),
    environment: Object.entries(fieldsOf(fields["environment"])).map(
      ([name, value]) => `${name} ${show(value)}`,
    ),
    requests,
    gaps,
  };
}

function readStep(value: unknown): StepView {
  const fields = fieldsOf(value);
  return {
    phase: textOf(fields["phase"]) ?? "",
    name: textOf(fields["name"]) ?? "",
    status: textOf(fields["status"]) ?? "",
    startedMs: timeOf(fields["startedAt"]),
    durationMs: numberOf(fields["durationMs"]),
    output: fields["output"] === undefined ? undefined : show(fields["output"]),
    error: textOf(fields["error"]),
  };
}

function readQueueSample(value: unknown): QueueSample[] {
  const fields = fieldsOf(value);
  const atMs = epochOf(fields["atMs"]);
  if (atMs === undefined) return [];
  const counts = Object.entries(fields).flatMap(([name, count]) =>
    name === "atMs" ? [] : (numberOf(count) ?? []),
  );
  return [{ atMs, total: counts.reduce((sum, count) => sum + count, 0) }];
}

function readLook(value: unknown): LookView[] {
  const fields = fieldsOf(value);
  const atMs = epochOf(fields["endMs"]);
  const missing = numberOf(fields["missing"]);
  return atMs === undefined || missing === undefined
    ? []
    : [{ startMs: epochOf(fields["startMs"]) ?? atMs, atMs, missing }];
}

/** In full from the verdict; of a journal that has none, from their texts. */
function readAnomalies(
  full: readonly unknown[],
  texts: readonly unknown[],
  requests: readonly Request[],
): AnomalyView[] {
  if (full.length === 0)
    return texts.map((text): AnomalyView => {
      const [kind = "", ...message] = show(text).split(": ");
      const none = { expected: undefined, read: undefined, looks: [], writes: [] };
      return { kind, key: "", message: message.join(": "), ...none };
    });
  const byIndex = new Map(requests.map((request) => [request.index, request]));
  const known = (value: unknown): Request | undefined => {
    const request = value === undefined ? undefined : readRequest(value, -1);
    return request && (byIndex.get(request.index) ?? request);
  };
  return full.map((value): AnomalyView => {
    const fields = fieldsOf(value);
    return {
      kind: textOf(fields["kind"]) ?? "anomaly",
      key: textOf(fields["key"]) ?? "",
      message: textOf(fields["message"]) ?? "",
      expected: known(fields["expected"]),
      read: known(fields["read"]),
      looks: listOf(fields["looks"]).map((look) => shown(fieldsOf(look))),
      writes: listOf(fields["writes"]).flatMap((write) => known(write) ?? []),
    };
  });
}

function shown({ value }: Fields): string | undefined {
  return value === undefined ? undefined : show(value);
}

const relations: Readonly<Record<string, string>> = { "<=": "≤", ">=": "≥" };

function readObjective(value: unknown): ObjectiveView {
  const fields = fieldsOf(value);
  const text = (name: string) => (fields[name] === undefined ? "" : show(fields[name]));
  const operator = text("operator");
  return {
    text: text("text"),
    metric: text("metric"),
    limit: `${relations[operator] ?? operator} ${quantity(fields["limit"], fields["unit"])}`.trim(),
    value: quantity(fields["value"], fields["unit"]),
    status: text("status"),
  };
}

function quantity(value: unknown, unit: unknown): string {
  if (typeof value !== "number") return value === undefined ? "" : show(value);
  return unit === "time" || unit === "share" ? formatQuantity(value, unit) : String(value);
}

function show(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined ? "" : JSON.stringify(value);
}
