import type { Log } from "../../log.ts";
import type { Alarm, AlarmConfiguration, AlarmState } from "./alarm.ts";
import { isNeverReported } from "./reported-metrics.ts";

export interface NewState {
  readonly state: AlarmState;
  readonly reason: string;
  readonly reasonData?: string | undefined;
}

/** Hears of every change of state, at once. */
export type AlarmListener = (alarm: Alarm, oldState: AlarmState) => void;

/** The alarms of all regions. */
export class AlarmStore {
  readonly #alarms = new Map<string, Alarm>();
  readonly #listeners: AlarmListener[] = [];
  readonly #accountId: string;
  readonly #log: Log;

  constructor({ accountId, log }: { accountId: string; log: Log }) {
    this.#accountId = accountId;
    this.#log = log;
  }

  arnOf(region: string, name: string): string {
    return `arn:aws:cloudwatch:${region}:${this.#accountId}:alarm:${name}`;
  }

  byArn(arn: string): Alarm | undefined {
    return this.#alarms.get(arn);
  }

  /** By name. */
  list(region: string): Alarm[] {
    return [...this.#alarms.values()]
      .filter((alarm) => alarm.region === region)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  all(): Iterable<Alarm> {
    return this.#alarms.values();
  }

  /** An alarm that is there keeps its state and its tags. */
  put(
    region: string,
    name: string,
    configuration: AlarmConfiguration,
    tags: ReadonlyMap<string, string>,
  ): void {
    const arn = this.arnOf(region, name);
    const now = new Date();
    const alarm = this.#alarms.get(arn) ?? {
      name,
      arn,
      region,
      tags: new Map(tags),
      configuration,
      configuredAt: now,
      state: "INSUFFICIENT_DATA",
      reason: "Unchecked: Initial alarm creation",
      reasonData: undefined,
      stateUpdatedAt: now,
      transitionedAt: now,
    };
    alarm.configuration = configuration;
    alarm.configuredAt = now;
    this.#alarms.set(arn, alarm);
    const { metric } = configuration;
    if (isNeverReported(metric))
      this.#log({
        event: "metric-not-reported",
        alarm: name,
        namespace: metric.namespace,
        metric: metric.name,
      });
  }

  delete(arn: string): void {
    this.#alarms.delete(arn);
  }

  setState(alarm: Alarm, { state, reason, reasonData }: NewState): void {
    const old = alarm.state;
    const now = new Date();
    alarm.reason = reason;
    alarm.reasonData = reasonData;
    alarm.stateUpdatedAt = now;
    if (old === state) return;
    alarm.state = state;
    alarm.transitionedAt = now;
    this.#log({ event: "alarm-state", alarm: alarm.name, oldState: old, state, reason });
    for (const listener of this.#listeners) listener(alarm, old);
  }

  onChange(listener: AlarmListener): void {
    this.#listeners.push(listener);
  }
}
