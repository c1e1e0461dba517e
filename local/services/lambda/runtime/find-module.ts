import { existsSync, realpathSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import type { EnvironmentSetup } from "./messages.ts";

/** The file of a handler such as `src/index.handler`, and the name that it exports the function by. */
export function findModule({
  handler,
  directory,
}: Pick<EnvironmentSetup, "handler" | "directory">): { file: string; name: string } {
  const dot = handler.lastIndexOf(".");
  const module = handler.slice(0, dot);
  if (module.includes("..") || !isInside(resolve(directory, module), directory))
    throw malformed(handler);
  const file = [".mjs", ".js", ".cjs"]
    .map((extension) => join(directory, module + extension))
    .find((path) => existsSync(path));
  if (file === undefined)
    throw Object.assign(new Error(`Cannot find module '${module}'`), {
      name: "Runtime.ImportModuleError",
    });
  if (!isInside(realpathSync(file), realpathSync(directory))) throw malformed(handler);
  return { file, name: handler.slice(dot + 1) };
}

function isInside(path: string, directory: string): boolean {
  return path.startsWith(directory + sep);
}

/** Lambda's runtime refuses `..` so; here no path may lead out of the function's own code. */
function malformed(handler: string): Error {
  return Object.assign(
    new Error(
      `'${handler}' is not a valid handler name. Use a path within the function's own code.`,
    ),
    { name: "Runtime.MalformedHandlerName" },
  );
}
