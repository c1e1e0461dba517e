import { existsSync } from "node:fs";
import { createRequire, stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";
import type * as TypeScript from "typescript";
import { packageFolderOf } from "./open-program.ts";

/** `module: preserve`, which compilers before 5.4 do not name. */
const PRESERVE = 200;

/** TypeScript in, JavaScript out; nothing is type-checked. */
export type Transpile = (source: string, file: string, format: "commonjs" | "module") => string;

/**
 * The compiler that Pulumi would take for a program: the program's own, or the one within its SDK. The
 * JavaScript is then what Pulumi would run, to the letter: functions of the program may be serialised.
 *
 * @param entry path of the program's entry module
 * @param sdkFolder folder of its `@pulumi/pulumi`
 * @throws Error, one sentence, where there is no compiler
 */
export function createTranspile(entry: string, sdkFolder: string): Transpile {
  const typescript = loadTypeScript(entry, sdkFolder);
  const options = optionsOf(typescript, tsconfigOf(entry));
  return (source, file, format) => {
    const { outputText, diagnostics = [] } = typescript.transpileModule(source, {
      fileName: file,
      reportDiagnostics: true,
      compilerOptions: {
        ...options,
        ...(format === "module"
          ? { module: typescript.ModuleKind.ESNext }
          : { module: typescript.ModuleKind.CommonJS, verbatimModuleSyntax: false }),
      },
    });
    const syntaxError = diagnostics.find(({ file: of }) => of !== undefined);
    if (syntaxError !== undefined) {
      const stripped = format === "module" ? withoutTypes(source) : undefined;
      if (stripped !== undefined) return stripped;
      throw new SyntaxError(described(typescript, syntaxError, file));
    }
    return withoutCopies(outputText);
  };
}

/**
 * The source with its types erased where they stand; undefined where that does not make JavaScript. The
 * compiler within Pulumi's SDK is of 2020 and takes newer syntax for a mistake.
 */
function withoutTypes(source: string): string | undefined {
  try {
    return stripTypeScriptTypes(source);
  } catch {
    return undefined;
  }
}

/**
 * Leaves `import * as name` the module itself. TypeScript's helper makes a copy of modules that are no
 * ES modules, in which the serialiser of functions does not recognise the module: it would write out
 * Node's own code. The helper stays where the name's `default` is used.
 */
function withoutCopies(text: string): string {
  return text.replaceAll(
    /^const (\w+) = __importStar\((require\([^)\n]*\))\);/gm,
    (whole, name: string, required: string) =>
      new RegExp(`\\b${name}\\.default\\b`).test(text) ? whole : `const ${name} = ${required};`,
  );
}

function loadTypeScript(entry: string, sdkFolder: string): typeof TypeScript {
  const vendored = join(sdkFolder, "vendor", "typescript@3.8.3", "typescript.js");
  for (const [from, name] of [
    [entry, "typescript"],
    [vendored, vendored],
    [join(sdkFolder, "package.json"), "typescript"],
  ] as const) {
    try {
      const loaded = createRequire(from)(name) as Partial<typeof TypeScript>;
      if (loaded.transpileModule !== undefined) return loaded as typeof TypeScript;
    } catch {
      // The next place.
    }
  }
  throw new Error(
    `The program in ${dirname(entry)} is TypeScript and finds no compiler: install typescript below ` +
      "version 7 there.",
  );
}

/** The program's tsconfig.json, at most as far up as its package.json. */
export function tsconfigOf(entry: string): string | undefined {
  const top = packageFolderOf(entry) ?? dirname(entry);
  for (let folder = dirname(entry); ; folder = dirname(folder)) {
    const file = join(folder, "tsconfig.json");
    if (existsSync(file)) return file;
    if (folder === top || folder === dirname(folder)) return undefined;
  }
}

function optionsOf(
  typescript: typeof TypeScript,
  tsconfig: string | undefined,
): TypeScript.CompilerOptions {
  const { ScriptTarget, ModuleKind, sys } = typescript;
  const given: TypeScript.CompilerOptions =
    tsconfig === undefined
      ? {}
      : typescript.parseJsonConfigFileContent(
          typescript.readConfigFile(tsconfig, (file) => sys.readFile(file)).config,
          // Which files belong to it does not matter here.
          { ...sys, readDirectory: () => [] },
          dirname(tsconfig),
        ).options;
  const { module } = given;
  const hasNodeNext = Number.parseFloat(typescript.version) >= 4.7;
  return {
    ...given,
    // Older targets turn async functions into helpers.
    target: Math.max(given.target ?? 0, ScriptTarget.ES2020),
    // What `nodenext`, Pulumi's own default, comes to.
    esModuleInterop:
      given.esModuleInterop ??
      (module === undefined ? hasNodeNext : module > ModuleKind.ESNext && module !== PRESERVE),
    moduleResolution: undefined,
    isolatedModules: true,
    preserveConstEnums: true,
    importHelpers: false,
    noEmit: false,
    noEmitHelpers: false,
    ...{ declaration: false, declarationMap: false, composite: false, incremental: false },
    ...{ sourceMap: false, inlineSourceMap: false, outDir: undefined, rootDir: undefined },
  };
}

function described(
  typescript: typeof TypeScript,
  { file: source, start = 0, messageText }: TypeScript.Diagnostic,
  file: string,
): string {
  const line = (source?.getLineAndCharacterOfPosition(start).line ?? 0) + 1;
  return `${file}:${String(line)}: ${typescript.flattenDiagnosticMessageText(messageText, "\n")}`;
}
