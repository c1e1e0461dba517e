import type {
  PolicyConfigSchema,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";

/** A policy that says how bad a violation is and what to do about it. */
type Explained = Required<
  Pick<StackValidationPolicy, "name" | "description" | "severity" | "remediationSteps">
>;

export type ResourceRule = ResourceValidationPolicy & Explained;
export type StackRule = StackValidationPolicy & Explained;

/** A number that the user of the pack may choose. */
export interface Choice {
  readonly default: number;
  readonly minimum: number;
  readonly description: string;
}

/** @returns the schema of whole numbers that the user of the pack may choose. */
export function choices(properties: Record<string, Choice>): PolicyConfigSchema {
  return {
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, choice]) => [name, { type: "integer", ...choice }]),
    ),
  };
}

/**
 * @param defaults stand where the pack's user chose nothing, also with a CLI that leaves out the
 * defaults of the schema.
 */
export function chosen<Settings extends object>(
  args: { getConfig<T extends object>(): T },
  defaults: Settings,
): Settings {
  return { ...defaults, ...args.getConfig<Partial<Settings>>() };
}

/** @returns a number of seconds as `345,600 s`. */
export function formatSeconds(value: number): string {
  return `${value.toLocaleString("en-US")} s`;
}
