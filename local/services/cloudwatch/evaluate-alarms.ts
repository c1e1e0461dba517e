import type { Alarm } from "./alarm.ts";
import type { AlarmStore } from "./alarm-store.ts";
import { evaluateAlarm } from "./evaluate-alarm.ts";
import type { MetricStore } from "./metric-store.ts";

/**
 * Brings every alarm to the state that its metric says. AWS evaluates an alarm once a minute, over
 * periods that begin with the clock's minutes; here the periods are as long and end now, so that an
 * alarm fires within a second of the value that crosses its threshold.
 */
export function evaluateAlarms(
  alarms: AlarmStore,
  metricsOf: (region: string) => MetricStore,
  nowMs: number,
): void {
  for (const alarm of alarms.all()) {
    const verdict = evaluateAlarm(alarm.configuration, readPeriods(alarm, metricsOf, nowMs));
    if (verdict && verdict.state !== alarm.state) alarms.setState(alarm, verdict);
  }
}

/** Oldest first. The second that is under way counts. */
function readPeriods(
  { configuration, region }: Alarm,
  metricsOf: (region: string) => MetricStore,
  nowMs: number,
) {
  const { metric, unit, periodSeconds, evaluationPeriods } = configuration;
  const toMs = Math.floor(nowMs / 1000) * 1000 + 1000;
  const periodMs = periodSeconds * 1000;
  const fromMs = toMs - evaluationPeriods * periodMs;
  const sets = metricsOf(region).read(metric, { fromMs, toMs, periodMs, unit });
  return Array.from({ length: evaluationPeriods }, (_, index) =>
    sets.get(fromMs + index * periodMs),
  );
}
