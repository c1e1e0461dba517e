import { createDice } from "../../../faults/dice.ts";
import type { RuleEffect } from "../../../faults/effects/fault-effects.ts";
import { ParameterError, type FisAction, type Parameters } from "./action.ts";
import {
  readOperations,
  readOptionalDuration,
  readProbability,
  readService,
} from "./parameters.ts";

/** What the actions `outage-drill:` share, besides what they hit. */
export const commonParameters: FisAction["parameters"] = {
  percentage: { description: "Calls that are hit, 1 to 100. Default: 100.", required: false },
  duration: {
    description: "ISO 8601, such as PT1M. Default: until the experiment is stopped.",
    required: false,
  },
  seed: {
    description:
      "Text. With it the same sequence of calls is always hit in the same way. Default: dice of the cloud.",
    required: false,
  },
};

export interface DrillApiAction {
  /** What comes after `outage-drill:api:`. */
  readonly name: string;
  readonly description: string;
  /** Parameters besides those that all of them have. */
  readonly parameters?: FisAction["parameters"];
  /** Throws ParameterError. */
  readEffect(parameters: Parameters): RuleEffect;
}

/** An action of this cloud's own namespace that does something to calls of services. */
export function drillApiAction({
  name,
  description,
  parameters,
  readEffect,
}: DrillApiAction): FisAction {
  return {
    id: `outage-drill:api:${name}`,
    description,
    parameters: {
      service: { description: "Signing name or SDK name, or all.", required: true },
      operations: { description: "Operations, comma-separated. Default: all.", required: false },
      ...parameters,
      ...commonParameters,
    },
    targets: {},
    plan(given) {
      const durationMs = readOptionalDuration(given);
      const service = readService(given);
      const operations = readOperations(given, ["operations"]);
      const probability = readProbability(given, 1);
      const seed = readSeed(given);
      const effect = readEffect(given);
      return {
        durationMs,
        faults: ({ region }) => [
          {
            match: {
              region,
              ...(service !== undefined && { service }),
              ...(operations && { operations }),
            },
            probability,
            effect,
            ...(seed !== undefined && { dice: createDice(seed) }),
          },
        ],
      };
    },
  };
}

/** `seed`; `undefined` when it is absent. Throws ParameterError for an empty one. */
export function readSeed({ seed }: Parameters): string | undefined {
  if (seed === "") throw new ParameterError("seed is empty; give any text, or leave it out");
  return seed;
}
