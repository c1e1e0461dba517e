import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const PROJECT_DIRECTORY = fileURLToPath(new URL("..", import.meta.url));

export type FunctionName = "add-product" | "get-product" | "process-product-events";

const FUNCTION_NAMES: readonly FunctionName[] = [
  "add-product",
  "get-product",
  "process-product-events",
];

/**
 * Links of the SDK's credential chain that are not bundled. It imports them only when the
 * environment holds no credentials, and in a Lambda function it always does (Lambda Developer
 * Guide, "Defined runtime environment variables"). They are a third of the SDK's code.
 */
const UNUSED_CREDENTIAL_PROVIDERS = [
  "@aws-sdk/credential-provider-http",
  "@aws-sdk/credential-provider-ini",
  "@aws-sdk/credential-provider-login",
  "@aws-sdk/credential-provider-process",
  "@aws-sdk/credential-provider-sso",
  "@aws-sdk/credential-provider-web-identity",
  "@smithy/credential-provider-imds",
];

let bundles: Promise<ReadonlyMap<string, string>> | undefined;

/**
 * @returns the function's code as one ES module, the same bytes for the same sources. All
 * functions are bundled at once, because most of what they contain is the same.
 * @throws Error of esbuild, naming file and line.
 */
export async function bundleFunction(name: FunctionName): Promise<string> {
  bundles ??= bundleFunctions();
  const code = (await bundles).get(name);
  if (code === undefined) throw new Error(`esbuild gave no output for functions/${name}.ts.`);
  return code;
}

async function bundleFunctions(): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    absWorkingDir: PROJECT_DIRECTORY,
    entryPoints: FUNCTION_NAMES.map((name) => ({ in: `functions/${name}.ts`, out: name })),
    outdir: ".",
    write: false,
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    target: "node24",
    // The ES module builds first: only they can be tree-shaken.
    mainFields: ["module", "main"],
    external: UNUSED_CREDENTIAL_PROVIDERS,
    logLevel: "silent",
  });
  return new Map(
    outputFiles.map(({ path, text }) => [path.replace(/^.*[\\/]|\.js$/g, ""), text] as const),
  );
}
