import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

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

/**
 * @param entry file of a module that exports `handler`; a path is taken from the working directory,
 * which is the program's folder when Pulumi runs it.
 * @returns the module with all that it imports, as one ES module for Node.js 24; the same bytes for the
 * same sources.
 * @throws Error of esbuild, naming file and line.
 */
export async function bundleFunction(entry: string | URL): Promise<string> {
  const file = entry instanceof URL ? fileURLToPath(entry) : resolve(entry);
  const code = (await bundleFunctions({ main: file })).get("main");
  if (code === undefined) throw new Error(`esbuild gave no output for ${file}.`);
  return code;
}

/**
 * Bundles several functions at once, which is faster because most of what they contain is the same.
 *
 * @param entries name → path of the module that exports `handler`.
 * @param folder from which relative paths are taken, and in which the packages are looked for.
 * @returns name → code.
 * @throws Error of esbuild, naming file and line.
 */
export async function bundleFunctions(
  entries: Readonly<Record<string, string>>,
  folder: string = process.cwd(),
): Promise<ReadonlyMap<string, string>> {
  const { outputFiles } = await build({
    absWorkingDir: folder,
    entryPoints: Object.entries(entries).map(([name, file]) => ({ in: file, out: name })),
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
