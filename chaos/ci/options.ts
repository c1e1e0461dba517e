/** Options of what a drill tells a pull request. */
export const ciOptions = {
  baseline: { type: "string" },
  badge: { type: "string" },
} as const;

export interface CiOptions {
  /** A former drill to compare with: the folder of its reports, or its chaos.json. */
  readonly baseline?: string;
  /** File for the result as the JSON of a badge. */
  readonly badge?: string;
}

export const ciHelp = `  --baseline PATH  compare with a former drill: the folder of its reports, or its chaos.json
  --badge FILE     write the result to this file as JSON for a badge (shields.io/badges/endpoint-badge)`;
