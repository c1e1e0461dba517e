/**
 * The policy pack, which Pulumi's engine takes as a folder:
 * `pulumi preview --policy-pack node_modules/outage-drill/policy`.
 */
export const policyPack = [
  "policy/PulumiPolicy.yaml",
  "policy/package.json",
  "policy/boot.cjs",
  "policy/index.ts",
];

/** Path in the package → file of this project. */
export const documents: Readonly<Record<string, string>> = {
  "README.md": "command/README.md",
  LICENSE: "LICENSE",
};

/**
 * Packages that a Pulumi program brings itself; the engine and the program must share one. The range
 * is what has been tried.
 */
export const peers: Readonly<
  Record<string, { readonly range: string; readonly optional: boolean }>
> = {
  "@pulumi/pulumi": { range: "^3.204.0", optional: false },
  "@pulumi/aws": { range: ">=6 <8", optional: true },
};
