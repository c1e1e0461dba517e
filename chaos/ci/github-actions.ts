/** What GitHub Actions tells a step in its variables (docs.github.com, "Variables reference"). */
export interface GitHubActions {
  /** File that the step's summary is made of; absent where the runner offers none. */
  readonly stepSummary?: string;
}

/** @returns undefined where this is no step of GitHub Actions */
export function gitHubActions(env: NodeJS.ProcessEnv): GitHubActions | undefined {
  if (env.GITHUB_ACTIONS !== "true") return undefined;
  const stepSummary = env.GITHUB_STEP_SUMMARY;
  return stepSummary === undefined || stepSummary === "" ? {} : { stepSummary };
}
