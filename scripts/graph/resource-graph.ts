import { recordProgram } from "../../policy/evaluate/record-program.ts";
import type { RecordedResource, WireProperties } from "../../policy/evaluate/recorded-resource.ts";

const PROGRAM_URL = new URL("../../index.ts", import.meta.url);

/** Stack files by which the program is drawn. */
export const STACKS = ["local", "aws"] as const;

/** A resource of the program, without what changes from run to run. */
interface GraphNode {
  readonly type: string;
  /** Logical name; null for the stack's children. */
  readonly parent: string | null;
  readonly inputs: WireProperties;
  /** Input → names of the resources whose outputs it needs. */
  readonly references: Readonly<Record<string, readonly string[]>>;
  /** What it waits for besides, by `dependsOn`. */
  readonly after?: readonly string[];
}

/** Stack → logical name → resource. */
export type ResourceGraph = Record<string, Record<string, GraphNode>>;

/** @returns the resources of a stack as after an update of it, with invented ARNs. */
export function recordStack(stack: string): Promise<RecordedResource[]> {
  return recordProgram({ programUrl: PROGRAM_URL, stack, preview: false });
}

/** @returns all that the program declares, on each stack. */
export async function resourceGraph(): Promise<ResourceGraph> {
  const graph: ResourceGraph = {};
  for (const stack of STACKS) graph[stack] = nodesOf(await recordStack(stack));
  return graph;
}

function nodesOf(resources: readonly RecordedResource[]): Record<string, GraphNode> {
  const stack = resources.find(({ type }) => type === "pulumi:pulumi:Stack");
  const nodes = resources
    .filter((resource) => resource !== stack)
    .map((resource) => [resource.name, nodeOf(resource, stack)] as const);
  return Object.fromEntries(nodes.sort(([left], [right]) => (left < right ? -1 : 1)));
}

function nodeOf(resource: RecordedResource, stack: RecordedResource | undefined): GraphNode {
  const references = Object.entries(resource.propertyDependencies)
    .filter(([, urns]) => urns.length > 0)
    .map(([property, urns]) => [property, urns.map(nameOf).sort()] as const);
  const referenced = new Set(references.flatMap(([, names]) => names));
  const after = resource.dependencies
    .map(nameOf)
    .filter((name) => !referenced.has(name))
    .sort();
  return {
    type: resource.type,
    parent:
      resource.parent === undefined || resource.parent === stack?.urn
        ? null
        : nameOf(resource.parent),
    inputs: Object.fromEntries(
      Object.entries(resource.inputs).map(([property, value]) => [
        property,
        property === "code" ? "the bundled function" : readable(value),
      ]),
    ),
    references: Object.fromEntries(references),
    ...(after.length > 0 && { after }),
  };
}

/** Policy documents and the like as they are read, not as one line. */
function readable(value: unknown): unknown {
  if (typeof value !== "string" || !/^[{[]/.test(value)) return value;
  try {
    return { json: JSON.parse(value) as unknown };
  } catch {
    return value;
  }
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? urn;
}
