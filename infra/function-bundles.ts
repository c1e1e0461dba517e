import { fileURLToPath } from "node:url";
import { bundleFunctions } from "outage-drill/write-buffer";

const PROJECT_DIRECTORY = fileURLToPath(new URL("..", import.meta.url));

export type FunctionName = "add-product" | "get-product" | "process-product-events";

const FUNCTION_NAMES: readonly FunctionName[] = [
  "add-product",
  "get-product",
  "process-product-events",
];

let bundles: Promise<ReadonlyMap<string, string>> | undefined;

/**
 * @returns the function's code as one ES module, the same bytes for the same sources. All
 * functions are bundled at once, because most of what they contain is the same.
 * @throws Error of esbuild, naming file and line.
 */
export async function bundleFunction(name: FunctionName): Promise<string> {
  bundles ??= bundleFunctions(
    Object.fromEntries(FUNCTION_NAMES.map((each) => [each, `functions/${each}.ts`])),
    PROJECT_DIRECTORY,
  );
  const code = (await bundles).get(name);
  if (code === undefined) throw new Error(`esbuild gave no output for functions/${name}.ts.`);
  return code;
}
