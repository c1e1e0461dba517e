import { connectionResetEffect } from "./connection-reset.ts";
import { delayEffect } from "./delay.ts";
import type { FaultEffect } from "./effect.ts";
import { errorEffect } from "./error.ts";
import { hangEffect } from "./hang.ts";
import { lostResponseEffect } from "./lost-response.ts";
import { serviceErrorEffect } from "./service-error.ts";
import { truncatedEffect } from "./truncated.ts";
import { unparsableEffect } from "./unparsable.ts";

/** Every effect by its name, which rules and the log use. A new one is a file and a line here. */
export const faultEffects = {
  delay: delayEffect,
  error: errorEffect,
  "service-error": serviceErrorEffect,
  "connection-reset": connectionResetEffect,
  "lost-response": lostResponseEffect,
  hang: hangEffect,
  unparsable: unparsableEffect,
  truncated: truncatedEffect,
};

export type EffectName = keyof typeof faultEffects;

type SettingsOf<Effect> = Effect extends FaultEffect<infer Settings> ? Settings : never;

/** What a rule does to a call: names of effects, each with its settings. */
export type RuleEffect = {
  readonly [Name in EffectName]?: SettingsOf<(typeof faultEffects)[Name]>;
};

/** The effects of a rule, in the order of the list above. */
export function effectsOf(
  effect: RuleEffect,
): { name: EffectName; effect: FaultEffect<unknown>; settings: unknown }[] {
  return (Object.keys(faultEffects) as EffectName[]).flatMap((name) =>
    effect[name] === undefined
      ? []
      : [{ name, effect: faultEffects[name] as FaultEffect<unknown>, settings: effect[name] }],
  );
}
