import {
  type AnalyzeOptions,
  type Analyzer,
  startAnalyzer,
} from "../../../policy/evaluate/analyzer.ts";
import type { Analysis } from "../../../policy/evaluate/read-analysis.ts";
import type { Form } from "../../../policy/evaluate/evaluate-program.ts";
import { recordProgram } from "../../../policy/evaluate/record-program.ts";
import type {
  RecordedResource,
  WireProperties,
} from "../../../policy/evaluate/recorded-resource.ts";

export const PACK_URL = new URL("../../../policy/", import.meta.url);

const PROGRAM_URL = new URL("../../../index.ts", import.meta.url);

let analyzer: Promise<Analyzer> | undefined;
let queue: Promise<unknown> = Promise.resolve();
const recorded = new Map<string, Promise<readonly RecordedResource[]>>();

/** Asks the one policy pack of the test run. */
export async function analyze(
  resources: readonly RecordedResource[],
  options?: AnalyzeOptions,
): Promise<Analysis> {
  analyzer ??= startAnalyzer(PACK_URL);
  const { analyze: ask } = await analyzer;
  const answer = queue.then(() => ask(resources, options));
  queue = answer.catch(() => undefined);
  return answer;
}

/** @returns the resources of the program, without the code of its functions. */
export function resourcesOf(stack: string, form: Form): Promise<readonly RecordedResource[]> {
  const key = `${stack} ${form}`;
  const known = recorded.get(key) ?? record(PROGRAM_URL, stack, form);
  recorded.set(key, known);
  return known;
}

async function record(programUrl: URL, stack: string, form: Form) {
  const resources = await recordProgram({ programUrl, stack, preview: form === "preview" });
  return resources.map((resource) => ({
    ...resource,
    inputs: without(resource.inputs, "code"),
    outputs: without(resource.outputs, "code"),
  }));
}

/** @returns a copy that lacks a property. */
export function without(properties: WireProperties, property: string): WireProperties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key !== property));
}

// After the last test of a process, or of a file where files run beside each other.
after(async () => {
  const started = await analyzer?.catch(() => undefined);
  analyzer = undefined;
  await started?.stop();
});
