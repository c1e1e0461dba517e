import { invalid } from "../events-input.ts";
import { parseCron } from "./parse-cron.ts";

/** When a rule fires next after a time, both in milliseconds since 1970; `undefined` for never. */
export type Schedule = (afterMs: number) => number | undefined;

const unitsMs: Readonly<Record<string, number>> = {
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
};

/**
 * The schedule that `rate(5 minutes)` or `cron(0 12 * * ? *)` is. A rate counts from when the rule
 * was put; cron is in UTC. Throws ValidationException.
 * Source: EventBridge User Guide, "Cron expressions" and "Rate expressions".
 *
 * @param startMs from when on a rate counts
 */
export function parseSchedule(expression: string, startMs: number): Schedule {
  const rate = /^rate\(([1-9]\d{0,8}) (minute|hour|day)(s?)\)$/.exec(expression);
  if (rate) {
    const [, count, unit = "", plural] = rate;
    if ((Number(count) === 1) === (plural === "s")) throw notValid();
    const everyMs = Number(count) * (unitsMs[unit] ?? 0);
    return (afterMs) =>
      startMs + (Math.floor(Math.max(afterMs - startMs, 0) / everyMs) + 1) * everyMs;
  }
  const cron = /^cron\((.*)\)$/.exec(expression);
  const schedule = cron && parseCron(cron[1] ?? "");
  if (!schedule) throw notValid();
  return schedule;
}

function notValid(): Error {
  return invalid("Parameter ScheduleExpression is not valid.");
}
