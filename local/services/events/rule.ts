import type { EventMatcher } from "./pattern/compile-event-pattern.ts";
import type { Schedule } from "./schedule/parse-schedule.ts";
import type { Target } from "./target.ts";

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly busName: string;
  readonly region: string;
  readonly accountId: string;
  /** What PutRule has set, all of it each time. */
  settings: RuleSettings;
  /** By id. */
  readonly targets: Map<string, Target>;
  readonly tags: Map<string, string>;
}

export interface RuleSettings {
  readonly description: string | undefined;
  readonly eventPattern: string | undefined;
  readonly matches: EventMatcher | undefined;
  readonly scheduleExpression: string | undefined;
  readonly schedule: Schedule | undefined;
  readonly state: string;
  readonly roleArn: string | undefined;
}
