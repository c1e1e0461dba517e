/** The script in this repository's package.json that runs a command of the package. */
const scripts = {
  run: "chaos",
  cloud: "cloud",
  policy: "policy",
  redrive: "redrive",
  report: "report",
} as const;

/**
 * How a user starts a command, for help texts and advice: `npm run cloud` in this repository, whose
 * sources run unbuilt, and `npx outage-drill cloud` where the package is installed.
 *
 * @param options such as `--help`
 */
export function commandOf(name: keyof typeof scripts, options?: string): string {
  const isPackage = !import.meta.url.endsWith(".ts");
  const start = isPackage ? `npx outage-drill ${name}` : `npm run ${scripts[name]}`;
  return options === undefined ? start : `${start} ${isPackage ? "" : "-- "}${options}`;
}
