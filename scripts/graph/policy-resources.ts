import type { PolicyResource } from "@pulumi/policy";
import type { RecordedResource } from "../../policy/evaluate/recorded-resource.ts";

const OPTIONS: PolicyResource["opts"] = {
  protect: false,
  ignoreChanges: [],
  aliases: [],
  additionalSecretOutputs: [],
  customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
};

/** @returns resources of an update in the form in which stack rules get them. */
export function policyResources(recorded: readonly RecordedResource[]): PolicyResource[] {
  const byUrn = new Map(recorded.map((resource) => [resource.urn, toPolicyResource(resource)]));
  const found = (urns: readonly string[]) => urns.flatMap((urn) => byUrn.get(urn) ?? []);
  for (const { urn, parent, dependencies, propertyDependencies } of recorded) {
    const resource = byUrn.get(urn);
    if (resource === undefined) continue;
    const parentResource = parent === undefined ? undefined : byUrn.get(parent);
    if (parentResource !== undefined) resource.parent = parentResource;
    resource.dependencies = found(dependencies);
    for (const [property, urns] of Object.entries(propertyDependencies))
      resource.propertyDependencies[property] = found(urns);
  }
  return [...byUrn.values()];
}

function toPolicyResource({ type, name, urn, outputs }: RecordedResource): PolicyResource {
  const isType: PolicyResource["isType"] = (resourceClass) =>
    (resourceClass as { __pulumiType?: string }).__pulumiType === type;
  return {
    type,
    name,
    urn,
    props: outputs,
    opts: OPTIONS,
    dependencies: [],
    propertyDependencies: {},
    isType,
    asType: (resourceClass) => (isType(resourceClass) ? (outputs as never) : undefined),
  };
}
