import { createRequire, registerHooks } from "node:module";
import { pathToFileURL } from "node:url";

/**
 * The first runtime for Node.js that AWS ships with version 3 of its SDK for JavaScript instead of
 * version 2. Source: AWS Lambda Developer Guide, "Runtime-included SDK versions".
 */
const FIRST_WITH_VERSION_3 = 18;

/** Packages that AWS's runtimes have besides those in a function's own code. */
const shipped = /^@(aws-sdk|smithy)\//;
const versionTwo = /^aws-sdk(\/|$)/;

/**
 * Lets a function find the AWS SDK for JavaScript that its runtime ships, where its own code does not
 * have it: here that is the copy of the embedded cloud. A package that is missing here is said to be.
 *
 * @param runtime such as `nodejs24.x`
 */
export function provideSdk(runtime: string): void {
  const major = Number(/^nodejs(\d+)/.exec(runtime)?.[1]);
  const ownRequire = createRequire(import.meta.url);
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        if (!isMissing(error)) throw error;
        if (major < FIRST_WITH_VERSION_3 && versionTwo.test(specifier))
          throw missing(
            specifier,
            `the runtime ${runtime} shipped version 2 of the AWS SDK for JavaScript, which the ` +
              "embedded cloud does not have. Put aws-sdk into the function's package, or use " +
              "@aws-sdk/client-* on a newer runtime.",
          );
        if (major < FIRST_WITH_VERSION_3 || !shipped.test(specifier)) throw error;
        const file = resolved(ownRequire, specifier);
        if (file === undefined)
          throw missing(
            specifier,
            `the runtime ${runtime} ships it on AWS, and the embedded cloud does not have it. Put it ` +
              "into the function's package.",
          );
        return { url: pathToFileURL(file).href, shortCircuit: true };
      }
    },
  });
}

function resolved(require: NodeJS.Require, specifier: string): string | undefined {
  try {
    return require.resolve(specifier);
  } catch {
    return undefined;
  }
}

function isMissing(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND";
}

function missing(specifier: string, why: string): Error {
  return Object.assign(new Error(`Cannot find module '${specifier}': ${why}`), {
    code: "MODULE_NOT_FOUND",
  });
}
