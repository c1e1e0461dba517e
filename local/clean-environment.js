// JavaScript for the sake of restart-clean.js.

const KEPT = new Set([
  ...["PATH", "TMPDIR", "TMP", "TEMP", "TZ", "LD_LIBRARY_PATH"],
  ...[
    "LANG",
    "LANGUAGE",
    "LC_ALL",
    "LC_COLLATE",
    "LC_CTYPE",
    "LC_MESSAGES",
    "LC_NUMERIC",
    "LC_TIME",
  ],
  ...["TERM", "COLORTERM", "NO_COLOR", "FORCE_COLOR", "NODE_DISABLE_COLORS"],
  // Whether output goes to a log that is kept, and what npm took for its own options.
  ...["CI", "GITHUB_ACTIONS", "OUTAGE_DRILL_NPM_OPTIONS"],
  // Without these, Windows starts no process and knows no home directory.
  ...["SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "LOCALAPPDATA"],
  // What a drill tells a pull request in.
  ...["GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY"],
  // macOS adds it to every process.
  "__CF_USER_TEXT_ENCODING",
]);

/** @param {string} name */
export function isKept(name) {
  return KEPT.has(name.toUpperCase());
}

/** @param {NodeJS.ProcessEnv} env */
export function cleanEnvironment(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => isKept(name)));
}
