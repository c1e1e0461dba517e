/** Whether a process of the embedded cloud needs this variable of the user's shell. */
export function isKept(name: string): boolean;

/**
 * The environment for a process that runs functions; no variable in it is for a key, a token or a
 * password. A function can read its process's environment from the operating system
 * (`/proc/self/environ`), whatever was deleted from `process.env` since.
 */
export function cleanEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
