import { readFile } from "node:fs/promises";
import { basename, extname } from "node:path";
import { z } from "zod";
import type { ExperimentTemplate } from "../../infra/outputs.ts";
import { CannotRunError } from "../cannot-run-error.ts";
import type { Experiment } from "../harness/experiment.ts";
import { foreignExperiment } from "./foreign-experiment.ts";

const template = z.looseObject({
  description: z.string().optional(),
  actions: z.record(z.string(), z.looseObject({ actionId: z.string() })),
  stopConditions: z.array(z.looseObject({ source: z.string() })).default([{ source: "none" }]),
  roleArn: z.string().default("arn:aws:iam::000000000000:role/outage-drill"),
});

/**
 * An experiment for each file with a FIS template, as `aws fis create-experiment-template
 * --cli-input-json` takes it.
 *
 * @throws CannotRunError with one sentence that names the file and what is wrong with it
 */
export function templateExperiments(files: readonly string[]): Promise<readonly Experiment[]> {
  return Promise.all(files.map(readExperiment));
}

async function readExperiment(file: string): Promise<Experiment> {
  const wrong = (reason: string) =>
    new CannotRunError(
      `${file} is no FIS template (${reason}); give the JSON that CreateExperimentTemplate takes.`,
    );
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw wrong((error as NodeJS.ErrnoException).code ?? String(error));
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw wrong((error as Error).message);
  }
  const parsed = template.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrong(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}`);
  }
  const name = basename(file, extname(file));
  const { description = name, ...rest } = parsed.data;
  return foreignExperiment({
    name,
    title: description,
    template: { ...rest, description } as ExperimentTemplate,
  });
}
