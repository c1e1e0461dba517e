import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { ProgramEngine, Registration } from "../../local/deploy/program-engine.ts";
import { readConfig } from "../../local/deploy/read-config.ts";
import { runProgram } from "../../local/deploy/run-program.ts";
import { recordedInvokes } from "./recorded-invokes.ts";
import { providerState, UNKNOWN_VALUE } from "./provider-state.ts";
import type { RecordedResource } from "./recorded-resource.ts";

const RECORDED_WITHIN_MS = 60_000;

export interface RecordOptions {
  /** The Pulumi program's entry module. */
  readonly programUrl: URL;
  /** Folder of Pulumi.yaml and Pulumi.<stack>.yaml. Default: the entry module's. */
  readonly folder?: string;
  readonly stack: string;
  /** A preview knows no value that a provider makes. */
  readonly preview: boolean;
  /** Configuration that wins over the stack's. */
  readonly config?: Readonly<Record<string, string>>;
}

export interface RecordedProgram {
  /**
   * As the engine would hand them to a policy pack, in the order of their registration: after a
   * preview, or after an update in which everything was created.
   */
  readonly resources: RecordedResource[];
  /** What the program exports; `undefined` where nobody knows the value without a cloud. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** The resources alone of what `recordRun` gives. */
export async function recordProgram(options: RecordOptions): Promise<RecordedResource[]> {
  return (await recordRun(options)).resources;
}

/**
 * Runs a Pulumi program without the CLI and without a cloud.
 *
 * @throws the first error of the program.
 */
export async function recordRun(options: RecordOptions): Promise<RecordedProgram> {
  const { programUrl, stack, preview } = options;
  const { project, values } = await readConfig(configUrl(options), stack, options.config);
  const recorded = new Map<string, RecordedResource>();
  const engine: ProgramEngine = {
    create({ type, name, custom, inputs }) {
      if (!custom) return { state: {} };
      const { id, ...computed } = providerState(type, name, inputs);
      return preview ? { state: inputs } : { id, state: { ...computed, ...inputs } };
    },
    invoke({ token }) {
      const answer = recordedInvokes[token];
      if (answer !== undefined) return answer;
      throw new Error(`The program calls ${token}, which is not answered without a cloud.`);
    },
    registered(registration) {
      if (registration.type === "pulumi:pulumi:Stack") return;
      recorded.set(registration.urn, recordOf(registration, preview));
    },
    outputs(urn, outputs) {
      const resource = recorded.get(urn);
      if (resource !== undefined) resource.outputs = outputs;
    },
  };
  const outputs = await runProgram({
    programUrl,
    project,
    stack,
    config: values,
    preview,
    engine,
    timeoutMs: RECORDED_WITHIN_MS,
  });
  return { resources: [...recorded.values()], outputs };
}

/** A URL beside which Pulumi.yaml lies. */
export function configUrl({
  folder,
  programUrl,
}: Pick<RecordOptions, "folder" | "programUrl">): URL {
  return folder === undefined ? programUrl : pathToFileURL(join(folder, sep));
}

function recordOf(registration: Registration, preview: boolean): RecordedResource {
  const { urn, type, name, custom, inputs, parent, provider } = registration;
  const computed = custom ? providerState(type, name, inputs) : {};
  const answered = preview
    ? Object.fromEntries(Object.keys(computed).map((key) => [key, UNKNOWN_VALUE]))
    : computed;
  return {
    urn,
    type,
    name,
    custom,
    parent,
    // A provider reference is its URN and its id.
    provider: provider.replace(/::[^:]*$/, "") || undefined,
    inputs,
    outputs: custom ? { ...answered, ...inputs } : {},
    dependencies: [...registration.dependencies],
    propertyDependencies: Object.fromEntries(
      Object.entries(registration.propertyDependencies).map(([property, urns]) => [
        property,
        [...urns],
      ]),
    ),
  };
}
