import { validationError } from "./errors.ts";
import { matchesFilter } from "./match-filter.ts";
import { findTargetType, targetParameters, type TargetType } from "./target-types.ts";
import type { Tags, TemplateTarget } from "./template-schema.ts";

/** A resource as far as targets are concerned. */
export interface TargetResource {
  readonly arn: string;
  readonly tags: Readonly<Tags>;
  /** What the service's own list says of it, for filters. Without it filters cannot be used. */
  readonly description?: Readonly<Record<string, unknown>>;
}

export interface ResolvedTarget {
  readonly targetName: string;
  readonly resourceType: string;
  readonly arn: string;
}

/** A target that cannot be resolved: what the state of the failed experiment says. */
export class TargetError extends Error {}

export interface TargetResolver {
  /** Throws ValidationException for a target that AWS does not take, or that has no meaning here. */
  check(name: string, target: TemplateTarget): void;
  /** Chooses the resources of a target: none where nothing fits. Throws TargetError. */
  resolve(name: string, target: TemplateTarget): ResolvedTarget[];
}

/** Types of which there are resources here. */
export type ServedTargetType = "aws:iam:role" | "aws:lambda:function";

const servedTypes: readonly string[] = ["aws:iam:role", "aws:lambda:function"];

export interface TargetResolverOptions {
  /**
   * The resources that there are, by type. Without a type's list its ARNs are taken as they are, and
   * its resources cannot be chosen by tag.
   */
  readonly lists: Partial<Readonly<Record<ServedTargetType, () => readonly TargetResource[]>>>;
  readonly random: () => number;
}

/** Targets of actions. Of any type that is not served here there are no resources. */
export function createTargetResolver({ lists, random }: TargetResolverOptions): TargetResolver {
  const listOf = (resourceType: string) => lists[resourceType as ServedTargetType];

  function find(name: string, target: TemplateTarget): readonly string[] {
    const { resourceType, resourceTags = {}, filters = [], parameters = {} } = target;
    const resources = listOf(resourceType)?.();
    if (!target.resourceArns) {
      const wanted = Object.entries(resourceTags);
      return (resources ?? [])
        .filter(({ tags }) => wanted.every(([key, value]) => tags[key] === value))
        .filter(({ description }) => filters.every((each) => matchesFilter(description, each)))
        .filter(() => isWhole(parameters))
        .map(({ arn }) => arn);
    }
    const there = resources && new Set(resources.map(({ arn }) => arn));
    const missing = target.resourceArns.find((arn) => there && !there.has(arn));
    if (missing !== undefined)
      throw new TargetError(
        `Target ${name} names a ${findTargetType(resourceType)?.name ?? resourceType} that is not there: ${missing}.`,
      );
    return isWhole(parameters) ? target.resourceArns : [];
  }

  return {
    check(name, target) {
      const { resourceType, resourceArns = [], resourceTags = {}, filters = [] } = target;
      const type = findTargetType(resourceType);
      if (!type)
        throw validationError(`Target ${name} has an unknown resource type: ${resourceType}.`);
      checkParameters(name, target, type);
      const isServed = servedTypes.includes(resourceType);
      if (filters.length > 0 && isServed && !listOf(resourceType))
        throw validationError(`Target ${name}: ${resourceType} takes no filters here.`);
      const hasTags = Object.keys(resourceTags).length > 0;
      if (resourceArns.length > 0 && hasTags)
        throw validationError(
          `You cannot specify both resource ARNs and resource tags for target ${name}.`,
        );
      if (resourceArns.length > 0 && filters.length > 0)
        throw validationError(
          `You cannot specify both resource ARNs and resource filters for target ${name}.`,
        );
      if (resourceArns.length > 0 && type.takesNoArns)
        throw validationError(`TargetResourceType ${resourceType} does not support resourceArns.`);
      const isChosen = filters.length > 0 || (!isServed && target.parameters);
      if (resourceArns.length === 0 && !hasTags && !isChosen)
        throw validationError(
          isServed
            ? `Target ${name} needs resource ARNs or resource tags.`
            : `Target ${name} needs resource ARNs, resource tags, filters or parameters.`,
        );
      if (hasTags && isServed && !listOf(resourceType))
        throw validationError(
          `Target ${name} chooses ${type.name}s by tag, which is not possible here; give resource ARNs.`,
        );
    },
    resolve(targetName, target) {
      const { resourceType, selectionMode } = target;
      return select(find(targetName, target), selectionMode, random).map((arn) => ({
        ...{ targetName, resourceType, arn },
      }));
    },
  };
}

function checkParameters(name: string, target: TemplateTarget, type: TargetType): void {
  const given = target.parameters ?? {};
  const known = targetParameters(type);
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(known, key));
  if (unknown !== undefined)
    throw validationError(
      `Target ${name}: ${target.resourceType} takes no parameter ${unknown}; its parameters are: ${Object.keys(known).join(", ") || "none"}.`,
    );
  const missing = Object.entries(known).find(
    ([key, { required }]) => required && !Object.hasOwn(given, key),
  );
  if (missing) throw validationError(`Target ${name}: the parameter ${missing[0]} is missing.`);
}

/** Functions here have no versions and no aliases but `$LATEST`. */
function isWhole({ functionQualifier }: Readonly<Record<string, string>>): boolean {
  return functionQualifier === undefined || functionQualifier === "$LATEST";
}

/** `ALL`, `COUNT(n)` or `PERCENT(n)`, which rounds down. Source: FIS user guide, targets. */
function select(arns: readonly string[], mode: string, random: () => number): readonly string[] {
  if (mode === "ALL") return arns;
  const number = Number(/\d+/.exec(mode)?.[0]);
  const count = mode.startsWith("PERCENT") ? Math.floor((arns.length * number) / 100) : number;
  const rest = [...arns];
  const chosen: string[] = [];
  while (chosen.length < count && rest.length > 0)
    chosen.push(...rest.splice(Math.floor(random() * rest.length), 1));
  return chosen;
}
