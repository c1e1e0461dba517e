import { validationError } from "./errors.ts";
import type { Tags, TemplateDefinition, TemplateTarget } from "./template-schema.ts";

/** An IAM role as far as targets are concerned. */
export interface TargetRole {
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

export interface TargetResolverOptions {
  /**
   * The roles that there are. Without it role ARNs are taken as they are, and roles cannot be
   * chosen by tag.
   */
  readonly listRoles?: () => readonly TargetRole[];
  readonly random: () => number;
}

/** Targets of actions. `aws:iam:role` is the one type that an action here takes. */
export function createTargetResolver({ listRoles, random }: TargetResolverOptions): TargetResolver {
  function find(name: string, target: TemplateTarget): readonly string[] {
    if (!target.resourceArns) {
      const wanted = Object.entries(target.resourceTags ?? {});
      const roles = listRoles?.() ?? [];
      return roles
        .filter(({ tags }) => wanted.every(([key, value]) => tags[key] === value))
        .map(({ arn }) => arn);
    }
    const roles = listRoles && new Set(listRoles().map(({ arn }) => arn));
    const missing = target.resourceArns.find((arn) => roles && !roles.has(arn));
    if (missing !== undefined)
      throw new TargetError(`Target ${name} names a role that is not there: ${missing}.`);
    return target.resourceArns;
  }

  return {
    check(name, target) {
      const { resourceType, resourceArns = [], resourceTags = {} } = target;
      const hasTags = Object.keys(resourceTags).length > 0;
      if (resourceType !== "aws:iam:role")
        throw validationError(
          `Target ${name} has the resource type ${resourceType}; only aws:iam:role can be a target here.`,
        );
      if (resourceArns.length > 0 && hasTags)
        throw validationError(
          `You cannot specify both resource ARNs and resource tags for target ${name}.`,
        );
      if (resourceArns.length === 0 && !hasTags)
        throw validationError(`Target ${name} needs resource ARNs or resource tags.`);
      if (hasTags && !listRoles)
        throw validationError(
          `Target ${name} chooses roles by tag, which is not possible here; give resource ARNs.`,
        );
      const unusable = (["filters", "parameters"] as const).find((key) => target[key]);
      if (unusable) throw validationError(`Target ${name}: aws:iam:role takes no ${unusable}.`);
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
