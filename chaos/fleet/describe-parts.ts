import { countOf } from "./count-of.ts";
import type { HistoryPart } from "./read-history.ts";

/** Why a history may lack requests, or be timed wrongly, so that the verdict cannot be valid. */
export function reasonsOf(parts: readonly HistoryPart[], clockErrorMs: number): string[] {
  return parts.flatMap((part) => {
    const { worker, cutOffAt, end, requests, unanswered, lastIndex } = part;
    const name = nameOf(part);
    // Without the lines that a worker writes before it sends, nobody knows what the last one was.
    if (!worker && cutOffAt !== undefined)
      return [
        `${name} stops in the middle of line ${String(cutOffAt)}: a request was sent that nothing is known of.`,
      ];
    const known = requests + unanswered;
    const sent = worker ? Math.max(end?.requests ?? 0, lastIndex + 1) : known;
    const step = Math.abs(end?.clockStepMs ?? 0);
    return [
      ...(known < sent
        ? [`${name} lacks ${String(sent - known)} of its ${countOf(sent, "request")}.`]
        : []),
      ...(step > Math.max(clockErrorMs, stepNoiseMs)
        ? [
            `The clock of ${name}'s machine was set by ${step.toFixed(0)} ms while it ran, more than the ${String(clockErrorMs)} ms that clocks may be off.`,
          ]
        : []),
    ];
  });
}

/** A time of day is read in whole milliseconds, by a process that may have to wait for a processor. */
const stepNoiseMs = 50;

/** What became of each process that did not end in order. */
export function describeParts(parts: readonly HistoryPart[]): string[] {
  return parts.flatMap((part) => {
    const { worker, cutOffAt, end, requests, unanswered } = part;
    const name = nameOf(part);
    if (!worker || (end && unanswered === 0)) return [];
    const cut = cutOffAt === undefined ? "" : `, and line ${String(cutOffAt)} stops in the middle`;
    const sent =
      unanswered === 0
        ? "no write of it was on its way"
        : `${countOf(unanswered, "write")} that it had sent without an answer ${unanswered === 1 ? "counts" : "count"} as unanswered`;
    return [`${name} did not end in order after ${countOf(requests, "request")}${cut}: ${sent}.`];
  });
}

function nameOf({ worker, file }: HistoryPart): string {
  return worker ? `Worker ${worker.worker} (${file})` : file;
}
