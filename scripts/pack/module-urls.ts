import ts from "typescript";

/**
 * @returns the text of `new URL("text", import.meta.url)`, the form in which a module names another
 * file of its package, or `undefined` for any other expression
 */
function fileOf(node: ts.Node): ts.StringLiteral | undefined {
  if (!ts.isNewExpression(node) || node.expression.getText() !== "URL") return undefined;
  const [path, base] = node.arguments ?? [];
  const isOwn = path !== undefined && ts.isStringLiteral(path);
  return isOwn && base?.getText() === "import.meta.url" ? path : undefined;
}

/** Every file that a module names by its own URL, as it is written there, such as `./worker.ts`. */
export function namedFiles(module: ts.SourceFile): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const path = fileOf(node);
    if (path !== undefined) found.push(path.text);
    node.forEachChild(visit);
  };
  visit(module);
  return found;
}

/**
 * Lets modules name the JavaScript that comes of a TypeScript file. The compiler does so for imports
 * (`rewriteRelativeImportExtensions`), but not for the modules of threads and child processes.
 */
export const nameEmittedFiles: ts.TransformerFactory<ts.SourceFile> = (context) => (module) => {
  const visit = (node: ts.Node): ts.Node => {
    const path = fileOf(node);
    if (path === undefined || !ts.isNewExpression(node) || !path.text.endsWith(".ts"))
      return ts.visitEachChild(node, visit, context);
    const emitted = ts.factory.createStringLiteral(path.text.replace(/\.ts$/, ".js"));
    return ts.factory.updateNewExpression(node, node.expression, node.typeArguments, [
      emitted,
      ...(node.arguments ?? []).slice(1),
    ]);
  };
  return ts.visitEachChild(module, visit, context);
};
