import type { PolicyResource } from "@pulumi/policy";
import type { Resource } from "@pulumi/pulumi";
import type { ResolvedResource } from "@pulumi/pulumi/queryable/index.js";
import { ifKnown, UNKNOWN, type Unknown } from "./unknown.ts";

// A resource class, as @pulumi/policy takes it.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type ResourceClass<R extends Resource> = new (...rest: any[]) => R;

/** A resource of a stack, with its properties in the type of its class. */
export interface Found<R extends Resource> {
  readonly resource: PolicyResource;
  readonly props: ResolvedResource<R>;
}

/** @returns the resources of one class, in the order of the stack. */
export function ofClass<R extends Resource>(
  resources: readonly PolicyResource[],
  resourceClass: ResourceClass<R>,
): Found<R>[] {
  return resources.flatMap((resource) => {
    const props = resource.asType(resourceClass);
    return props === undefined ? [] : [{ resource, props }];
  });
}

/** Properties by which AWS resources name one another. */
const IDENTITIES = [
  "arn",
  "url",
  "name",
  "alarmName",
  "id",
  "invokeArn",
  "qualifiedArn",
  "qualifiedInvokeArn",
];

/**
 * Follows a reference from one resource to another: by its value where that is known, and in a
 * preview by the resources on which the property depends.
 *
 * @returns undefined if it refers to nothing in this stack.
 */
export function follow<R extends Resource>(
  resources: readonly PolicyResource[],
  reference: {
    from: PolicyResource;
    property: string;
    value: string | Unknown | undefined;
    to: ResourceClass<R>;
  },
): Found<R> | undefined {
  const { from, property, value, to } = reference;
  if (value === undefined) return undefined;
  if (value === UNKNOWN) return ofClass(from.propertyDependencies[property] ?? [], to)[0];
  return ofClass(resources, to).find(({ resource }) => isNamedBy(resource, value));
}

/** @returns whether a value is one of the names of a resource that are known. */
export function isNamedBy(resource: PolicyResource, value: string): boolean {
  return IDENTITIES.some(
    (identity) => ifKnown(() => resource.props[identity] as unknown) === value,
  );
}

/**
 * Reads a property that the provider fills in when the program leaves it out: in a preview it is
 * then unknown although the program says nothing of it.
 *
 * @returns undefined for a property that is unknown and depends on no resource.
 */
export function declared<Value>(
  resource: PolicyResource,
  property: string,
  read: () => Value,
): Value | Unknown | undefined {
  const value = ifKnown(read);
  if (value !== UNKNOWN) return value;
  return (resource.propertyDependencies[property] ?? []).length > 0 ? UNKNOWN : undefined;
}
