/**
 * Starts this process over without the variables of the user's shell, so that nothing that runs in it
 * finds them: a process cannot remove what it was started with from `/proc/self/environ`. On Unix the
 * process is replaced and keeps its id; elsewhere a second one runs below it.
 *
 * Call it before anything that takes long is imported.
 *
 * @param program to start; by default the one that runs
 * @returns in a clean process; never in one that is not
 */
export function restartClean(program?: string): Promise<void>;
