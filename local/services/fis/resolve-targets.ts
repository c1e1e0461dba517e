import { validationError } from "./errors.ts";
import type { Tags, TemplateDefinition, TemplateTarget } from "./template-schema.ts";

/** A resource as far as targets are concerned. */
export interface TargetResource {
  readonly arn: string;
  readonly tags: Readonly<Tags>;
}

export interface ResolvedTarget {
  readonly targetName: string;
  readonly resourceType: string;
  readonly arn: string;
}

/** A target that cannot be resolved: what the state of the failed experiment says. */
export class TargetError extends Error {}

export interface TargetResolver {
  /** Throws ValidationException for a target that this cloud cannot resolve. */
  check(name: string, target: TemplateTarget): void;
  /** Chooses the resources of every target. Throws TargetError. */
  resolve(template: TemplateDefinition): ResolvedTarget[];
}

/** Resource types that actions here take, and what one resource of it is called. */
export const targetTypes = {
  "aws:iam:role": "role",
  "aws:lambda:function": "function",
} as const;

export type TargetType = keyof typeof targetTypes;

export interface TargetResolverOptions {
  /**
   * The resources that there are, by type. Without a type's list its ARNs are taken as they are, and
   * its resources cannot be chosen by tag.
   */
  readonly lists: Partial<Readonly<Record<TargetType, () => readonly TargetResource[]>>>;
  readonly random: () => number;
}

/** Targets of actions. */
export function createTargetResolver({ lists, random }: TargetResolverOptions): TargetResolver {
  function find(name: string, target: TemplateTarget): readonly string[] {
    const type = target.resourceType as TargetType;
    const resources = lists[type]?.();
    if (!target.resourceArns) {
      const wanted = Object.entries(target.resourceTags ?? {});
      return (resources ?? [])
        .filter(({ tags }) => wanted.every(([key, value]) => tags[key] === value))
        .map(({ arn }) => arn);
    }
    const there = resources && new Set(resources.map(({ arn }) => arn));
    const missing = target.resourceArns.find((arn) => there && !there.has(arn));
    if (missing !== undefined)
      throw new TargetError(
        `Target ${name} names a ${targetTypes[type]} that is not there: ${missing}.`,
      );
    return target.resourceArns;
  }

  return {
    check(name, target) {
      const { resourceType, resourceArns = [], resourceTags = {} } = target;
      const hasTags = Object.keys(resourceTags).length > 0;
      if (!isTargetType(resourceType))
        throw validationError(
          `Target ${name} has the resource type ${resourceType}; only ${Object.keys(targetTypes).join(" and ")} can be targets here.`,
        );
      if (resourceArns.length > 0 && hasTags)
        throw validationError(
          `You cannot specify both resource ARNs and resource tags for target ${name}.`,
        );
      if (resourceArns.length === 0 && !hasTags)
        throw validationError(`Target ${name} needs resource ARNs or resource tags.`);
      if (hasTags && !lists[resourceType])
        throw validationError(
          `Target ${name} chooses ${targetTypes[resourceType]}s by tag, which is not possible here; give resource ARNs.`,
        );
      const unusable = (["filters", "parameters"] as const).find((key) => target[key]);
      if (unusable)
        throw validationError(`Target ${name}: ${resourceType} takes no ${unusable} here.`);
    },
    resolve(template) {
      return Object.entries(template.targets).flatMap(([targetName, target]) => {
        const found = find(targetName, target);
        const chosen = select(found, target.selectionMode, random);
        if (chosen.length === 0 && template.emptyTargetResolutionMode === "fail")
          throw new TargetError(`Target ${targetName} resolved to no resource.`);
        return chosen.map((arn) => ({ targetName, resourceType: target.resourceType, arn }));
      });
    },
  };
}

function isTargetType(type: string): type is TargetType {
  return Object.hasOwn(targetTypes, type);
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
