import type { Evidence } from "../harness/evidence.ts";
import type { Outcome } from "../harness/journal.ts";
import type { LatencySummary } from "../harness/latency-summary.ts";
import type { Summary, SummaryRow } from "../report/summary.ts";
import { fieldsOf, listOf, numberOf, numbersOf, textOf } from "./lenient.ts";
import type { Fields } from "./lenient.ts";

const outcomes: ReadonlySet<unknown> = new Set<Outcome>([
  "held",
  "not-held",
  "unknown",
  "not-applicable",
  "could-not-run",
  "interrupted",
]);

/** A summary of any version: what is not as it should be is absent, and an outcome then unknown. */
export function readSummary(value: unknown): Summary {
  const fields = fieldsOf(value);
  const evidence = readEvidence(fields["evidence"]);
  return {
    exitCode: numberOf(fields["exitCode"]) ?? 2,
    seed: textOf(fields["seed"]) ?? "",
    ...(evidence && { evidence }),
    ...(Array.isArray(fields["arguments"]) && { arguments: fields["arguments"].map(String) }),
    experiments: listOf(fields["experiments"]).map((each) => readRow(fieldsOf(each))),
  };
}

/** A row of the summary, or the same of a journal whose measurements are spread over it. */
export function readRow(fields: Fields): SummaryRow {
  const { outcome, counts, latency } = fields;
  const texts = (name: string) => listOf(fields[name]).map(String);
  const optional = {
    ...present("injector", textOf(fields["injector"])),
    ...present("failure", textOf(fields["failure"])),
    ...present("notApplicable", textOf(fields["notApplicable"])),
    ...present("journal", textOf(fields["journal"])),
    ...present("history", textOf(fields["history"])),
    ...present("requests", numberOf(fields["requests"])),
    ...present("acknowledged", numberOf(fields["acknowledged"])),
    ...present("lost", numberOf(fields["lost"])),
    ...present("stale", numberOf(fields["stale"])),
    ...present("unsafe", numberOf(fields["unsafe"])),
    ...present("recoveryMs", numberOf(fields["recoveryMs"])),
    ...present("clockErrorMs", numberOf(fields["clockErrorMs"])),
    ...present("evidence", readEvidence(fields["evidence"])),
    ...(counts !== undefined && { counts: numbersOf(counts) as SummaryRow["counts"] & object }),
    ...(latency !== undefined && { latency: readLatency(latency) }),
  };
  return {
    experiment: textOf(fields["experiment"]) ?? "unnamed",
    outcome: outcomes.has(outcome) ? (outcome as Outcome) : "unknown",
    problems: texts("problems"),
    anomalies: texts("anomalies"),
    ...optional,
  };
}

function readEvidence(value: unknown): Evidence | undefined {
  const { queued, all, smallestLossRate } = numbersOf(value);
  if (all === undefined) return undefined;
  return {
    queued: queued ?? 0,
    all,
    ...(smallestLossRate !== undefined && { smallestLossRate }),
  };
}

function readLatency(value: unknown): NonNullable<SummaryRow["latency"]> {
  const fields = fieldsOf(value);
  return Object.fromEntries(
    (["before", "during", "after"] as const).flatMap((phase): [string, LatencySummary][] => {
      const { count, p50Ms, p95Ms, p99Ms, maxMs } = numbersOf(fields[phase]);
      return p50Ms === undefined || p95Ms === undefined || p99Ms === undefined
        ? []
        : [[phase, { count: count ?? 0, p50Ms, p95Ms, p99Ms, maxMs: maxMs ?? p99Ms }]];
    }),
  );
}

function present<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);
}
