import { readFileSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";
import { dirname, extname, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isModule, packageFolderOf, type PulumiProgram } from "./open-program.ts";
import { createTranspile, tsconfigOf, type Transpile } from "./transpile-typescript.ts";

type CompiledModule = NodeJS.Module & { _compile(source: string, file: string): void };

const TYPESCRIPT = [".ts", ".tsx", ".mts", ".cts"];

/** Folder of a program's own files → how they become JavaScript. */
const transpiled = new Map<string, Transpile>();
let evaluations = 0;

/**
 * Evaluates a program's entry module as the Pulumi CLI does: as an ES module or as CommonJS, whichever
 * its package is. TypeScript goes through the program's compiler, unless its tsconfig.json promises
 * that Node.js can run it (`erasableSyntaxOnly` and `verbatimModuleSyntax`).
 *
 * Every call evaluates the entry module again. What it imports is evaluated again too in CommonJS, and
 * once only among ES modules.
 *
 * @param sdkFolder folder of the program's `@pulumi/pulumi`
 * @returns what the program exports: its default export, where an ES module has one
 */
export async function loadEntry({ entry }: PulumiProgram, sdkFolder: string): Promise<unknown> {
  const root = packageFolderOf(entry) ?? dirname(entry);
  if (!transpiled.has(root) && !runsUnchanged(entry)) {
    let transpile: Transpile | undefined;
    if (transpiled.size === 0) register();
    // A program in JavaScript needs no compiler.
    transpiled.set(root, (...args) => (transpile ??= createTranspile(entry, sdkFolder))(...args));
  }
  evaluations += 1;
  if (isModule(entry)) {
    const address = pathToFileURL(entry);
    address.searchParams.set("run", String(evaluations));
    const exported = (await import(address.href)) as Record<string, unknown>;
    return exported["default"] ?? exported;
  }
  const require = createRequire(entry);
  for (const file of Object.keys(require.cache))
    if (isOwnFile(file, root)) Reflect.deleteProperty(require.cache, file);
  return require(entry);
}

/** Whether the nearest tsconfig.json says that types can be erased where they stand. */
function runsUnchanged(entry: string): boolean {
  const tsconfig = tsconfigOf(entry);
  if (tsconfig === undefined || !isModule(entry)) return false;
  const text = readFileSync(tsconfig, "utf8");
  return ["erasableSyntaxOnly", "verbatimModuleSyntax"].every((option) =>
    new RegExp(`^[^/]*"${option}"\\s*:\\s*true`, "m").test(text),
  );
}

function isOwnFile(file: string, root: string): boolean {
  return (
    file.startsWith(root + sep) && !file.slice(root.length).includes(`${sep}node_modules${sep}`)
  );
}

function transpileFor(file: string): Transpile | undefined {
  if (!TYPESCRIPT.includes(extname(file))) return undefined;
  return [...transpiled].find(([root]) => isOwnFile(file, root))?.[1];
}

function register(): void {
  const { extensions } = createRequire(import.meta.url);
  for (const extension of [".ts", ".tsx", ".cts"]) {
    const before = extensions[extension] ?? extensions[".js"];
    extensions[extension] = (module, file) => {
      const transpile = transpileFor(file);
      if (transpile === undefined || isModule(file)) before?.(module, file);
      else
        (module as CompiledModule)._compile(
          transpile(readFileSync(file, "utf8"), file, "commonjs"),
          file,
        );
    };
  }
  registerHooks({
    resolve(specifier, context, next) {
      try {
        return next(specifier, context);
      } catch (error) {
        for (const other of isOwn(context.parentURL) ? alternatives(specifier) : []) {
          try {
            return next(other, context);
          } catch {
            // The next one; the error that counts is of the specifier as written.
          }
        }
        throw error;
      }
    },
    load(url, context, next) {
      const file = url.startsWith("file:") ? fileURLToPath(url) : "";
      const transpile = transpileFor(file);
      if (transpile === undefined || !isModule(file)) return next(url, context);
      const source = transpile(readFileSync(file, "utf8"), file, "module");
      return { format: "module", source, shortCircuit: true };
    },
  });
}

function isOwn(url: string | undefined): boolean {
  return url?.startsWith("file:") === true && transpileFor(fileURLToPath(url)) !== undefined;
}

/** What TypeScript lets an import mean: `./a.js` for a.ts, and an extension or index left out. */
function alternatives(specifier: string): string[] {
  if (!/^\.{0,2}\//.test(specifier)) return [];
  const asTypeScript = specifier.replace(/\.([cm]?)js$/, ".$1ts");
  return [
    ...(asTypeScript === specifier ? [] : [asTypeScript, specifier.replace(/\.js$/, ".tsx")]),
    ...[".ts", ".tsx", ".js", "/index.ts", "/index.js"].map((end) => specifier + end),
  ];
}
