import type { Log } from "../../log.ts";
import type { Experiment } from "./experiment-store.ts";
import { type ResolvedTarget, TargetError, type TargetResolver } from "./resolve-targets.ts";

/**
 * Chooses the resources of every target of an experiment, and says in the log how it went. Throws
 * TargetError for a target that cannot be resolved or, unless the template says otherwise, is empty.
 */
export function resolveAllTargets(
  { id: experimentId, definition }: Experiment,
  { targets, log }: { targets: TargetResolver; log: Log },
): ResolvedTarget[] {
  const all: ResolvedTarget[] = [];
  for (const [target, { resourceType }] of Object.entries(definition.targets)) {
    const said = { experimentId, target, resourceType };
    log({ event: "fis-target-resolution-start", ...said });
    const found = resolve(target);
    const arns = found instanceof TargetError ? [] : found.map(({ arn }) => arn);
    const problem = found instanceof TargetError && { problem: found.message };
    log({ event: "fis-target-resolution-detail", ...said, count: arns.length, ...problem });
    log({ event: "fis-target-resolution-end", ...said, arns, ...problem });
    if (found instanceof TargetError) throw found;
    // The words of AWS.
    if (found.length === 0 && definition.emptyTargetResolutionMode === "fail")
      throw new TargetError("Target resolution returned empty set.");
    all.push(...found);
  }
  return all;

  function resolve(name: string): ResolvedTarget[] | TargetError {
    const target = definition.targets[name];
    if (!target) return [];
    try {
      return targets.resolve(name, target);
    } catch (error) {
      if (error instanceof TargetError) return error;
      throw error;
    }
  }
}
