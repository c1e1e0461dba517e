/** Source: FIS service model; the lever of an account and region is named `default`. */
export interface SafetyLeverState {
  readonly status: "disengaged" | "engaged";
  readonly reason: string;
}

/** The switch of each region that ends all experiments and lets none start. */
export interface SafetyLever {
  get(region: string): SafetyLeverState;
  set(region: string, state: SafetyLeverState): void;
}

export function createSafetyLever(): SafetyLever {
  const states = new Map<string, SafetyLeverState>();
  return {
    get: (region) => states.get(region) ?? { status: "disengaged", reason: "" },
    set(region, state) {
      states.set(region, state);
    },
  };
}
