import type { ActionPlan } from "./actions/action.ts";
import { validationError } from "./errors.ts";
import type { TemplateDefinition } from "./template-schema.ts";

/**
 * Checks that every action gets its turn: `startAfter` names actions of the template that end, in no
 * circle. Throws ValidationException.
 */
export function checkOrder(
  actions: TemplateDefinition["actions"],
  plans: ReadonlyMap<string, ActionPlan>,
): void {
  for (const [name, { startAfter = [] }] of Object.entries(actions)) {
    for (const earlier of startAfter) {
      const plan = plans.get(earlier);
      if (!plan)
        throw validationError(`Action ${name} starts after ${earlier}, which is not there.`);
      if (plan.durationMs === undefined)
        throw validationError(
          `Action ${name} starts after ${earlier}, which runs until the experiment is stopped.`,
        );
    }
  }
  const reachable = new Set<string>();
  const names = Object.keys(actions);
  for (let found = true; found;) {
    const next = names.find(
      (name) =>
        !reachable.has(name) &&
        (actions[name]?.startAfter ?? []).every((earlier) => reachable.has(earlier)),
    );
    found = next !== undefined;
    if (next !== undefined) reachable.add(next);
  }
  const stuck = names.filter((name) => !reachable.has(name));
  if (stuck.length > 0)
    throw validationError(
      `The actions ${stuck.join(", ")} wait for each other in a circle; take one startAfter out.`,
    );
}
