// JavaScript, because it also runs in a process that is replaced before any TypeScript is loaded.

/** Where the names are kept for a process that starts without npm's variables. */
const KEPT_IN = "OUTAGE_DRILL_NPM_OPTIONS";

/** The scripts of this project's package.json that take options. */
const SCRIPTS = ["chaos", "cloud", "policy", "redrive", "report"];

/**
 * The options that npm took for its own, as in `npm run chaos --json`: without a `--` before it, npm hands
 * an option on in the environment and not to the script (npm's documentation, "npm run" and "config").
 *
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[]} their names, without dashes in front; also settings of npm's that are in effect
 */
export function npmOptions(env) {
  const kept = env[KEPT_IN];
  if (kept !== undefined) return kept.split(",").filter((name) => name !== "");
  if (!SCRIPTS.includes(env.npm_lifecycle_event ?? "")) return [];
  return Object.entries(env)
    .filter(([name, value]) => name.startsWith("npm_config_") && value !== "")
    .map(([name]) => name.slice("npm_config_".length).replaceAll("_", "-"));
}

/**
 * Keeps them for a process that is started with few variables; call it before that.
 *
 * @param {NodeJS.ProcessEnv} env
 */
export function keepNpmOptions(env) {
  const names = npmOptions(env);
  if (names.length > 0) env[KEPT_IN] = names.join(",");
}
