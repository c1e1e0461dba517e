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
  // Without these, Windows starts no process and knows no home directory.
  ...["SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "LOCALAPPDATA"],
  // macOS adds it to every process.
  "__CF_USER_TEXT_ENCODING",
]);

/** Whether a process of the embedded cloud needs this variable of the user's shell. */
export function isKept(name: string): boolean {
  return KEPT.has(name.toUpperCase());
}

/**
 * The environment for a process that runs functions; no variable in it is for a key, a token or a
 * password. A function can read its process's environment from the operating system
 * (`/proc/self/environ`), whatever was deleted from `process.env` since.
 */
export function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => isKept(name)));
}
