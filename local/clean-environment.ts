/** What a process of ours needs of the user's shell; nothing in it is a secret. */
const kept = [
  "PATH",
  "TMPDIR",
  "TEMP",
  "TMP",
  "TZ",
  "LANG",
  "LC_ALL",
  // Without it, Windows cannot open sockets.
  "SystemRoot",
];

/**
 * The environment for a process that runs functions. A function can read its process's environment
 * from the operating system (`/proc/self/environ`), whatever was deleted from `process.env` since.
 */
export function cleanEnvironment(shell: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    kept.flatMap((name) => (shell[name] === undefined ? [] : [[name, shell[name]]])),
  );
}
