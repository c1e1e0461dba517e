import type { Rule } from "../rule.ts";

/** Longest wait that a timer of Node.js takes. */
const longestWaitMs = 2 ** 31 - 1;

/** Fires rules with a schedule on the clock, for as long as they are enabled. */
export class Scheduler {
  readonly #fire: (rule: Rule, at: Date) => void;
  readonly #timers = new Map<Rule, NodeJS.Timeout>();

  constructor(fire: (rule: Rule, at: Date) => void) {
    this.#fire = fire;
  }

  /** Takes over what a rule is now; its next time counts from now on. */
  update(rule: Rule): void {
    this.remove(rule);
    const { schedule, state } = rule.settings;
    if (!schedule || state === "DISABLED") return;
    const nextMs = schedule(Date.now());
    if (nextMs !== undefined) this.#wait(rule, nextMs);
  }

  remove(rule: Rule): void {
    clearTimeout(this.#timers.get(rule));
    this.#timers.delete(rule);
  }

  close(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #wait(rule: Rule, atMs: number): void {
    const waitMs = Math.min(Math.max(atMs - Date.now(), 0), longestWaitMs);
    const timer = setTimeout(() => {
      if (Date.now() < atMs) {
        this.#wait(rule, atMs);
        return;
      }
      this.#fire(rule, new Date(atMs));
      const nextMs = rule.settings.schedule?.(Math.max(Date.now(), atMs));
      if (nextMs === undefined) this.#timers.delete(rule);
      else this.#wait(rule, nextMs);
    }, waitMs);
    this.#timers.set(rule, timer);
  }
}
