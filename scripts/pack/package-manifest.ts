import { neededNode } from "../../command-line/needed-node.js";
import { peers } from "./package-contents.ts";

/** The parts of this repository's package.json that the package takes over. */
export interface ProjectManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  /** Command → its main module. */
  readonly bin: Readonly<Record<string, string>>;
  /** What others import: path below the package's name → module. */
  readonly exports: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * The package.json of the package: its dependencies are what its modules import, in the versions of
 * this repository, which are the ones that the tests ran with.
 *
 * @param imported name of a package → the module that imports it
 * @throws Error for one that is not among this repository's `dependencies`
 */
export function packageManifest(
  { name, version, description, license, bin, exports, dependencies }: ProjectManifest,
  imported: ReadonlyMap<string, string>,
): object {
  const inDependencies = (each: string) =>
    [each, `@types/${each}`].find((name) => dependencies[name] !== undefined);
  const own = [...imported]
    .filter(([each]) => peers[each] === undefined)
    // A declaration may import what has no code, such as the shapes of Lambda's events.
    .map(([each, module]) => [inDependencies(each) ?? each, module] as const)
    .sort();
  for (const [each, module] of own)
    if (dependencies[each] === undefined)
      throw new Error(
        `${module} imports ${each}, which package.json does not have among its dependencies: move it there.`,
      );
  return {
    name,
    version,
    description,
    license,
    type: "module",
    engines: { node: `>=${neededNode}` },
    bin,
    exports: Object.fromEntries(
      Object.entries(exports).map(([path, module]) => [path, entryOf(module)]),
    ),
    dependencies: Object.fromEntries(own.map(([each]) => [each, dependencies[each]])),
    peerDependencies: Object.fromEntries(
      Object.entries(peers).map(([each, { range }]) => [each, range]),
    ),
    peerDependenciesMeta: Object.fromEntries(
      Object.entries(peers)
        .filter(([, { optional }]) => optional)
        .map(([each]) => [each, { optional: true }]),
    ),
  };
}

function entryOf(module: string): string | object {
  if (!module.endsWith(".ts")) return module;
  const path = module.replace(/\.ts$/, "");
  return { types: `${path}.d.ts`, default: `${path}.js` };
}
