import type { PolicyResource } from "@pulumi/policy";

/** As CreateExperimentTemplate takes it. */
export interface PublishedTemplate {
  readonly actions: Record<string, { actionId: string; parameters?: Record<string, string> }>;
}

/**
 * Experiment templates that are no resources, because something else starts them. Any component says so
 * in its output `templates`: name → input of CreateExperimentTemplate.
 *
 * @throws what reading an unknown value throws (see plainIfKnown)
 */
export function publishedTemplates(resources: readonly PolicyResource[]): PublishedTemplate[] {
  return resources
    .filter(isComponent)
    .flatMap(({ props }) => Object.values((props.templates ?? {}) as Record<string, unknown>))
    .filter(isTemplate);
}

/** A custom resource's type has the file of its module in it: `aws:sqs/queue:Queue`. */
function isComponent({ type }: PolicyResource): boolean {
  return !type.includes("/") && !type.startsWith("pulumi:");
}

function isTemplate(value: unknown): value is PublishedTemplate {
  if (typeof value !== "object" || value === null) return false;
  const { actions } = value as Partial<PublishedTemplate>;
  return (
    typeof actions === "object" &&
    Object.values(actions).every(({ actionId }) => typeof actionId === "string")
  );
}
