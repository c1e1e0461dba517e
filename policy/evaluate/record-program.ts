import { join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { readConfig } from "../../local/deploy/read-config.ts";
import { runProgram } from "../../local/deploy/run-program.ts";
import { recordedInvokes } from "./recorded-invokes.ts";
import { providerState, UNKNOWN_VALUE } from "./provider-state.ts";
import type { RecordedResource, WireProperties } from "./recorded-resource.ts";

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

/** The part of Pulumi's mock monitor that a recorder listens to. */
interface Monitor {
  registerResource(request: RegisterResourceRequest, callback: Callback): Promise<void>;
  registerResourceOutputs(request: OutputsRequest, callback: Callback): void;
}
type Callback = (error: unknown, response: { getUrn(): string } | undefined) => void;
interface OutputsRequest {
  getUrn(): string;
  getOutputs(): { toJavaScript(): WireProperties } | undefined;
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
  const watched = new WeakSet();
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ type, name, inputs, custom }) => {
      const monitor = pulumi.runtime.getMonitor() as unknown as Monitor;
      if (!watched.has(monitor)) watch(monitor, preview, recorded);
      watched.add(monitor);
      const given = inputs as WireProperties;
      if (custom !== true) return { id: undefined, state: {} };
      const { id, ...computed } = providerState(type, name, given);
      return preview ? { id: undefined, state: given } : { id, state: { ...computed, ...given } };
    },
    call: ({ token }) => {
      const answer = recordedInvokes[token];
      if (answer !== undefined) return answer;
      throw new Error(`The program calls ${token}, which is not answered without a cloud.`);
    },
  };
  const outputs = await runProgram({
    programUrl,
    project,
    stack,
    config: values,
    preview,
    mocks,
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

/**
 * The mocks get a resource's inputs alone; what policies need besides (parents, dependencies of
 * properties, outputs of components) is in the requests.
 */
function watch(monitor: Monitor, preview: boolean, recorded: Map<string, RecordedResource>): void {
  const registerResource = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) =>
    registerResource(request, (error, response) => {
      if (response !== undefined) {
        const resource = read(request, response.getUrn(), preview);
        recorded.set(resource.urn, resource);
      }
      callback(error, response);
    });
  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  monitor.registerResourceOutputs = (request, callback) => {
    const resource = recorded.get(request.getUrn());
    if (resource !== undefined) resource.outputs = request.getOutputs()?.toJavaScript() ?? {};
    registerOutputs(request, callback);
  };
}

function read(request: RegisterResourceRequest, urn: string, preview: boolean): RecordedResource {
  const type = request.getType();
  const name = request.getName();
  const custom = request.getCustom();
  const inputs = (request.getObject()?.toJavaScript() ?? {}) as WireProperties;
  const computed = custom ? providerState(type, name, inputs) : {};
  const answered = preview
    ? Object.fromEntries(Object.keys(computed).map((key) => [key, UNKNOWN_VALUE]))
    : computed;
  return {
    urn,
    type,
    name,
    custom,
    parent: request.getParent() || undefined,
    // A provider reference is its URN and its id.
    provider: request.getProvider().replace(/::[^:]*$/, "") || undefined,
    inputs,
    outputs: custom ? { ...answered, ...inputs } : {},
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(
      request
        .getPropertydependenciesMap()
        .toArray()
        .map(([property, dependencies]) => [property, (dependencies as unknown as [string[]])[0]]),
    ),
  };
}
