/**
 * What Node.js warns of on an ordinary Pulumi program: TypeScript that it runs unbuilt, a package.json
 * that names no type of module, and up to 24 the SQLite module that fauxqs loads. None is a fault of the
 * program's.
 */
const ordinary = (warning: Error & { readonly code?: string }) =>
  warning.code === "MODULE_TYPELESS_PACKAGE_JSON" ||
  (warning.name === "ExperimentalWarning" &&
    /^(Type Stripping|stripTypeScriptTypes|SQLite) /.test(warning.message));

/** Keeps these warnings off stderr; all others are printed as before. */
export function quietWarnings(): void {
  const printers = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (!ordinary(warning)) for (const print of printers) print(warning);
  });
}
