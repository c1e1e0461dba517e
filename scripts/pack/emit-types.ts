import ts from "typescript";
import { packageOf } from "./package-of.ts";

/**
 * Writes the type declarations of modules, and of those that they import.
 *
 * @param roots paths of modules, relative to the project's folder
 * @returns the packages that the declarations import
 * @throws Error with the compiler's own words
 */
export function emitTypes(project: string, roots: readonly string[], folder: string): Set<string> {
  const packages = new Set<string>();
  const program = ts.createProgram(
    roots.map((root) => `${project}/${root}`),
    {
      rootDir: project,
      outDir: folder,
      declaration: true,
      emitDeclarationOnly: true,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      target: ts.ScriptTarget.ESNext,
      strict: true,
      skipLibCheck: true,
      rewriteRelativeImportExtensions: true,
      verbatimModuleSyntax: true,
      types: ["node"],
    },
  );
  const { diagnostics } = program.emit(undefined, (file, text) => {
    ts.sys.writeFile(file, text);
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles)
      if (!/^\.|^node:/.test(fileName)) packages.add(packageOf(fileName));
  });
  const problems = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (problems.length > 0)
    throw new Error(
      ts.formatDiagnostics(problems, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => project,
        getNewLine: () => "\n",
      }),
    );
  return packages;
}
