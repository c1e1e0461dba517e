/**
 * What Node.js warns of when it loads an ordinary Pulumi program: TypeScript that it runs unbuilt, and a
 * package.json that names no type of module. Neither is a fault of the program's.
 */
const ordinary = (warning: Error & { readonly code?: string }) =>
  warning.code === "MODULE_TYPELESS_PACKAGE_JSON" ||
  (warning.name === "ExperimentalWarning" && warning.message.startsWith("Type Stripping"));

/** Keeps these warnings off stderr; all others are printed as before. */
export function quietWarnings(): void {
  const printers = process.listeners("warning");
  process.removeAllListeners("warning");
  process.on("warning", (warning) => {
    if (!ordinary(warning)) for (const print of printers) print(warning);
  });
}
