import { notFound } from "./events-input.ts";
import type { Rule } from "./rule.ts";

export interface EventBus {
  readonly name: string;
  readonly arn: string;
  readonly createdAt: Date;
  modifiedAt: Date;
  description: string | undefined;
  /** Resource policy as JSON text. */
  policy: string | undefined;
  readonly rules: Map<string, Rule>;
  readonly tags: Map<string, string>;
}

/** The event buses of an account, by Region. Each Region has the bus `default`. */
export class EventBuses {
  readonly #accountId: string;
  readonly #regions = new Map<string, Map<string, EventBus>>();

  constructor(accountId: string) {
    this.#accountId = accountId;
  }

  in(region: string): Map<string, EventBus> {
    let buses = this.#regions.get(region);
    if (!buses) {
      buses = new Map();
      this.#regions.set(region, buses);
      this.create(region, "default");
    }
    return buses;
  }

  create(region: string, name: string): EventBus {
    const now = new Date();
    const bus: EventBus = {
      name,
      arn: `arn:aws:events:${region}:${this.#accountId}:event-bus/${name}`,
      createdAt: now,
      modifiedAt: now,
      description: undefined,
      policy: undefined,
      rules: new Map(),
      tags: new Map(),
    };
    this.in(region).set(name, bus);
    return bus;
  }

  /** Throws ResourceNotFoundException. */
  get(region: string, name: string): EventBus {
    const bus = this.in(region).get(name);
    if (bus) return bus;
    throw notFound(`Event bus ${name} does not exist.`);
  }

  /** Throws ResourceNotFoundException. */
  rule(region: string, busName: string, name: string): Rule {
    const rule = this.get(region, busName).rules.get(name);
    if (rule) return rule;
    throw notFound(`Rule ${name} does not exist on EventBus ${busName}.`);
  }
}
