import { FisServiceException } from "@aws-sdk/client-fis";
import type { FisClient } from "@aws-sdk/client-fis";
import { newOwner } from "../../ownership/drill-owner.ts";
import { preflight } from "../../preflight/preflight.ts";
import { stopCommand } from "../../preflight/stop-command.ts";
import type { Experiment } from "../experiment.ts";
import type { Injector } from "../injector.ts";
import { NotApplicableError } from "../step-errors.ts";
import { isAws } from "../target.ts";
import type { Target } from "../target.ts";
import type { ChaosApi } from "./chaos-api.ts";
import { ChaosApiInjector } from "./chaos-api-injector.ts";
import { FisInjector } from "./fis-injector.ts";
import type { FisOptions } from "./fis-experiment.ts";
import { StackTemplateInjector } from "./stack-template-injector.ts";
import { whyNoAction, whyNoTemplate } from "./why-no-stack-template.ts";

export interface Injectables {
  readonly target: Target;
  readonly fis: FisClient;
  /** Undefined on AWS. */
  readonly chaosApi: ChaosApi | undefined;
}

/**
 * Finds the way in which this stack's cloud can inject an experiment's fault, by asking it: the FIS
 * template that the stack has for it; else FIS, when it takes the experiment's template; else the
 * Chaos API.
 *
 * @throws NotApplicableError with the reason when there is none
 */
export async function chooseInjector(
  experiment: Experiment,
  { target, fis, chaosApi }: Injectables,
  options: FisOptions,
): Promise<Injector> {
  const { experimentTemplates = {}, experimentTemplateIds = {}, region } = target.outputs;
  const { endpoint, owner = newOwner(), isEmbedded } = target;
  const signed = {
    ...options,
    owner,
    remedy: isEmbedded ? undefined : stopCommand(endpoint),
    isLeased: endpoint !== undefined,
  };
  if (target.owner && !isAws(target))
    await preflight(
      { fis, chaosApi, ...(endpoint && { endpoint }) },
      { owner, say: (line) => process.stderr.write(`${line}\n`) },
    );
  const { stackTemplate } = experiment;
  const id = stackTemplate && experimentTemplateIds[stackTemplate.scenario];
  if (stackTemplate && id !== undefined)
    return new StackTemplateInjector(
      fis,
      {
        id,
        scenario: stackTemplate.scenario,
        fault: { failure: stackTemplate.failure, hitsEveryCaller: false },
      },
      signed,
    );
  if (!experiment.template || isAws(target))
    throw new NotApplicableError(
      stackTemplate ? whyNoTemplate(stackTemplate.scenario) : whyNoAction,
    );
  const template = experiment.template(experimentTemplates);
  if (!template)
    throw new Error(
      `The stack exports no experiment template for ${experiment.name}; ` +
        `it has ${list(experimentTemplates)}.`,
    );
  const injector = new FisInjector(fis, template, signed);
  try {
    await injector.tryTemplate();
    return injector;
  } catch (error) {
    // Whatever FIS says: LocalStack's licence, or an emulator, may lack all of it.
    if (!(error instanceof FisServiceException) || !chaosApi) throw error;
    if (await chaosApi.isThere()) return new ChaosApiInjector(chaosApi, template, region, signed);
    if (isFisOwn(error)) throw error;
    throw new NotApplicableError(
      `the stack's cloud has neither FIS (it answers ${String(error.$metadata.httpStatusCode)} ${error.message}) nor a Chaos API`,
    );
  }
}

/** Whether an error is one that FIS's API has; an endpoint without FIS answers something else. */
function isFisOwn(error: FisServiceException): boolean {
  return error.constructor !== FisServiceException;
}

function list(byScenario: Readonly<Record<string, unknown>>): string {
  return Object.keys(byScenario).join(", ") || "none";
}
