import type { DeployedResource } from "./deploy/deployed-resource.ts";

/** The part of what `pulumi stack export` prints that a drill reads. */
export interface ExportedStack {
  readonly version: 3;
  readonly deployment: {
    readonly resources: readonly (Omit<DeployedResource, "name"> & { readonly custom: boolean })[];
  };
}

/**
 * A deployed stack in the form of `pulumi stack export`: its outputs are those of a resource of the type
 * `pulumi:pulumi:Stack`. Source: Pulumi, apitype.DeploymentV3.
 */
export function exportStack(
  outputs: Readonly<Record<string, unknown>>,
  resources: readonly DeployedResource[],
): ExportedStack {
  const type = "pulumi:pulumi:Stack";
  const [urn = "urn:pulumi:local::program::"] = resources.map((each) => each.urn);
  const [stack = "local", project = "program"] = urn.replace(/^urn:pulumi:/, "").split("::");
  return {
    version: 3,
    deployment: {
      resources: [
        {
          ...{ type, custom: false, outputs },
          urn: `urn:pulumi:${stack}::${project}::${type}::${project}-${stack}`,
        },
        ...resources.map(({ type: each, urn: name, id, outputs: found }) => ({
          ...{ type: each, urn: name, outputs: found, custom: id !== undefined },
          ...(id !== undefined && { id }),
        })),
      ],
    },
  };
}
