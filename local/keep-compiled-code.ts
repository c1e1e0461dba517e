import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Lets Node.js keep compiled code between runs, since most of a start is the compilation of libraries:
 * in the `.cache` of the `node_modules` folder that holds them. Where that cannot be written, as after
 * an installation by another user, every start compiles.
 */
export function keepCompiledCode(): void {
  const project = fileURLToPath(new URL("../", import.meta.url));
  const installed = /^.*[\\/]node_modules(?=[\\/])/.exec(project)?.[0];
  enableCompileCache(
    installed === undefined
      ? join(project, "node_modules/.cache/compile")
      : join(installed, ".cache/outage-drill"),
  );
}
