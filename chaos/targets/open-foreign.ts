import { isAwsHost } from "../../infra/is-aws-host.ts";
import { experimentsFor } from "../builtin/experiments-for.ts";
import { servicesOf } from "../builtin/services-of.ts";
import { stackTemplateExperiments } from "../builtin/stack-template-experiments.ts";
import { templateExperiments } from "../builtin/template-experiments.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import type { CliOptions } from "../cli-options.ts";
import type { Experiment } from "../harness/experiment.ts";
import { isAws } from "../harness/target.ts";
import type { Target } from "../harness/target.ts";
import { describe, readStack } from "../stack/read-stack.ts";
import { assertAnswers } from "./assert-answers.ts";
import { assertHasProgram } from "./assert-has-program.ts";
import { embeddedClouds } from "./embedded-cloud.ts";
import { openThere } from "./open-place.ts";
import type { Place } from "./open-place.ts";
import { pulumiStack } from "./pulumi-stack.ts";

export interface ForeignPlace extends Place {
  /** Those that fit the stack. */
  readonly experiments: readonly Experiment[];
}

/**
 * The stack of an application of one's own, and the experiments that fit it: on an embedded cloud, or
 * where the options say.
 *
 * @throws CannotRunError
 */
export async function openForeign(
  options: CliOptions,
  { reportsDirectory, seed }: { readonly reportsDirectory: string; readonly seed: string },
): Promise<ForeignPlace> {
  const { stack, outputs, program, config, allowAws, template } = options;
  const ofTemplates = await templateExperiments(template);
  const fitting = (target: Target) => (ofTemplates.length > 0 ? ofTemplates : fitTo(target));
  if (stack === undefined && outputs === undefined) {
    assertHasProgram(program);
    const clouds = embeddedClouds(reportsDirectory, {
      ...{ all: false, rehearseAws: false, program, config, seed },
    });
    let first: Target | undefined;
    try {
      // Deployed before the drill begins, since its resources say which experiments there are.
      const opened = (first = await clouds.openTarget({}));
      let isTaken = false;
      return {
        ...clouds,
        experiments: fitting(opened),
        openTarget(...args) {
          if (isTaken) return clouds.openTarget(...args);
          isTaken = true;
          return Promise.resolve(opened);
        },
        async close() {
          if (!isTaken) await opened.close();
          clouds.close();
        },
      };
    } catch (error) {
      await first?.close();
      clouds.close();
      throw error instanceof CannotRunError
        ? error
        : new CannotRunError(String((error as Error).message), { cause: error });
    }
  }
  const there = await existingStack(options);
  const experiments = fitting(there);
  if (isAws(there) && experiments.length === 0)
    throw new CannotRunError(
      "The stack is on AWS, as far as its outputs tell, and exports no FIS templates (experimentTemplateIds) to try; if it is on an emulator, say where with --endpoint URL.",
    );
  return { ...(await openThere(there, experiments, allowAws)), experiments };
}

/**
 * The experiments that fit the stack of an application of one's own, without a drill: a stack that exists
 * is only looked at.
 *
 * @throws CannotRunError
 */
export async function foreignExperiments(
  options: CliOptions,
  where: { readonly reportsDirectory: string; readonly seed: string },
): Promise<readonly Experiment[]> {
  if (options.stack === undefined && options.outputs === undefined) {
    const { experiments, close } = await openForeign(options, where);
    await close?.();
    return experiments;
  }
  const ofTemplates = await templateExperiments(options.template);
  return ofTemplates.length > 0 ? ofTemplates : fitTo(await existingStack(options));
}

async function existingStack({ stack, outputs, program, endpoint }: CliOptions): Promise<Target> {
  const found =
    stack !== undefined ? await pulumiStack(stack, program) : await readStack(outputs ?? "");
  return openExisting({
    ...describe(found.ownOutputs, found.resources, {
      endpoint: endpoint ?? found.outputs.endpoint,
    }),
    close: () => Promise.resolve(),
  });
}

function fitTo(target: Target): readonly Experiment[] {
  const { experimentTemplateIds = {} } = target.outputs;
  if (isAws(target)) return stackTemplateExperiments(experimentTemplateIds);
  if (!target.resources)
    throw new CannotRunError(
      "Nothing is known of the stack's resources, which say what can fail: give what pulumi stack export prints with --outputs, or the FIS templates to try with --template.",
    );
  const experiments = experimentsFor(servicesOf(target.resources));
  if (experiments.length === 0)
    throw new CannotRunError(
      "The program's policies and event sources name no service that holds data, so that nothing can be made to fail; give a FIS template with --template.",
    );
  return experiments;
}

async function openExisting(
  there: { readonly outputs: Target["outputs"] } & Omit<Target, "endpoint">,
): Promise<Target> {
  const { endpoint } = there.outputs;
  if (endpoint === undefined) return there;
  if (isAwsHost(new URL(endpoint).hostname))
    throw new CannotRunError(`The endpoint ${endpoint} is AWS itself: leave it out.`);
  await assertAnswers(endpoint);
  return { ...there, endpoint };
}
