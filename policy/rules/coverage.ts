import * as aws from "@pulumi/aws";
import type { PolicyResource } from "@pulumi/policy";
import { servicesOf } from "../graph/calls.ts";
import { type FaultedServices, faultedServices } from "../graph/fis.ts";
import { ofClass } from "../graph/find.ts";
import { publishedTemplates } from "../graph/published-templates.ts";
import { callsItself } from "../graph/own-calls.ts";
import { plainIfKnown, UNKNOWN } from "../graph/unknown.ts";
import type { StackRule } from "./rule.ts";

/**
 * An experiment has to name the service, because only that shows its failure alone. One that faults all
 * services at once, such as the tutorial's `latency`, would cover every call that is ever added; it counts
 * if `allServices` is set to true. Where an experiment can run makes no difference: a call is the
 * program's, and rehearsed on the embedded cloud for every stack.
 */
export const everyDependencyIsDrilled: StackRule = {
  name: "every-dependency-is-drilled",
  description: "Checks that each service that a function calls is faulted by some experiment.",
  severity: "high",
  remediationSteps:
    "Add an experiment template that faults the service, as an aws.fis.ExperimentTemplate or in the output templates of a component, and run it.",
  url: "https://docs.aws.amazon.com/fis/latest/userguide/fis-actions-reference.html",
  configSchema: {
    properties: {
      allServices: {
        type: "boolean",
        default: false,
        description: "Whether a fault of all services counts for each.",
      },
    },
  },
  validateStack: (args, reportViolation) => {
    const { allServices = false } = args.getConfig<{ allServices?: boolean }>();
    const faults = faultsOf(args.resources);
    if (faults === UNKNOWN) return;
    const isDrilled = (service: string) =>
      faults.some((fault) => (fault === "all" ? allServices : fault.has(service)));
    const edges = ofClass(args.resources, aws.lambda.Function).flatMap((fn) =>
      [...servicesOf(args.resources, fn)]
        .filter(callsItself(fn))
        .filter((service) => !isDrilled(service))
        .map((service) => `${fn.resource.name} → ${service}`),
    );
    if (edges.length > 0)
      reportViolation(
        `No experiment faults these calls: ${edges.sort().join(", ")}. Add an experiment template for each service.`,
      );
  },
};

function faultsOf(resources: readonly PolicyResource[]): FaultedServices[] | typeof UNKNOWN {
  const published = plainIfKnown(() => publishedTemplates(resources));
  const declared = plainIfKnown(() =>
    ofClass(resources, aws.fis.ExperimentTemplate).flatMap(({ props }) => props.actions),
  );
  if (published === UNKNOWN || declared === UNKNOWN) return UNKNOWN;
  return [
    ...published.flatMap(({ actions }) =>
      Object.values(actions).map(({ actionId, parameters }) =>
        faultedServices(actionId, parameters),
      ),
    ),
    ...declared.map(({ actionId, parameters = [] }) =>
      faultedServices(
        actionId,
        Object.fromEntries(parameters.map(({ key, value }) => [key, value])),
      ),
    ),
  ];
}
