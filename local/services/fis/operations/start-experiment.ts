import { z } from "zod";
import type { RestOperation } from "../../rest-json-service.ts";
import { planAction } from "../check-template.ts";
import { quotaError } from "../errors.ts";
import { validateLease } from "../experiment-lease.ts";
import { hasEnded, type Experiment } from "../experiment-store.ts";
import type { FisContext } from "../fis-context.ts";
import { readInput } from "../read-input.ts";
import { haltReason } from "../stop-conditions.ts";
import type { Template } from "../template-store.ts";
import { clientToken, tags } from "../template-schema.ts";
import { viewExperiment } from "../views.ts";

/** FIS quotas. */
const mostActiveExperiments = 5;

const startInput = z.strictObject({
  clientToken,
  experimentTemplateId: z.string().min(1).max(64),
  experimentOptions: z
    .strictObject({ actionsMode: z.enum(["run-all", "skip-all"]).default("run-all") })
    .default({ actionsMode: "run-all" }),
  tags: tags.default({}),
});

type StartInput = Omit<z.infer<typeof startInput>, "clientToken">;

/**
 * AWS answers `initiating` and starts the first action some seconds later. Here the actions are
 * under way and their rules in force before the answer, which says `running`, as the LocalStack
 * tutorial prints it: who starts an outage and then calls expects to meet it.
 */
export function startExperiment(context: FisContext): RestOperation {
  return {
    name: "StartExperiment",
    method: "POST",
    path: "/experiments",
    run({ body }, { region }) {
      const { clientToken, ...input } = readInput(body, startInput);
      const call = { operation: "StartExperiment", region, request: input };
      const experiment = context.clientTokens.once(clientToken, call, () =>
        start(context, context.templates.get(region, input.experimentTemplateId), input),
      );
      return { experiment: viewExperiment(experiment, context.accountId) };
    },
  };
}

function start(context: FisContext, template: Template, input: StartInput): Experiment {
  const { definition, region } = template;
  const { experiments, catalogue, runner } = context;
  validateLease(input.tags);
  const halted = haltReason(definition, context.alarms);
  const active = experiments.list(region).filter((experiment) => !hasEnded(experiment));
  if (active.length >= mostActiveExperiments)
    throw quotaError(
      `${String(active.length)} experiments are active, which is the limit; stop one: ${active.map(({ id }) => id).join(", ")}.`,
    );
  const experiment = experiments.create({
    region,
    templateId: template.id,
    definition,
    actionsMode: input.experimentOptions.actionsMode,
    tags: input.tags,
    actions: new Map(
      Object.entries(definition.actions).map(([name, action]) => [
        name,
        {
          definition: action,
          plan: planAction(name, action, catalogue.find(action.actionId)),
          state: { status: "pending", reason: "Initial state" },
        },
      ]),
    ),
  });
  const lever = context.safetyLever.get(region);
  if (lever.status === "engaged")
    runner.cancel(experiment, "cancelled", `The safety lever is engaged: ${lever.reason}`);
  else if (halted !== undefined) runner.cancel(experiment, "stopped", halted);
  else runner.start(experiment);
  context.leases.watch(experiment);
  return experiment;
}
