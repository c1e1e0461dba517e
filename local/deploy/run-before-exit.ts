/** Those of this process itself; programs and their packages are loaded later, and add theirs. */
const own = new WeakSet<object>(process.listeners("beforeExit"));

/**
 * Calls what a program, or a package that it loads, has left for the end of its process: `@pulumi/aws`
 * declares the notification of a bucket there, once every `onObjectCreated` of it is known. This
 * process does not end with the program.
 */
export function runBeforeExit(): void {
  for (const listener of process.listeners("beforeExit")) if (!own.has(listener)) listener(0);
}
