import type protocol from "@pulumi/pulumi/proto/resource_pb.js";
import { deploymentError } from "./deployment-error.ts";
import { UNKNOWN_VALUE, type WireProperties } from "./from-wire.ts";
import type { ProblemCollector } from "./problem-collector.ts";
import type { ProgramEngine, Registration } from "./program-engine.ts";
import type { PulumiSdk } from "./pulumi-sdk.ts";
import { RefusedError } from "./refused-error.ts";

type Callback<Answer = object> = (error: Error | null, answer?: Answer) => void;
type Method<Question, Answer = object> = (
  question: Question,
  callback: Callback<Answer>,
) => unknown;
type Register = protocol.RegisterResourceRequest;

/** What Pulumi's runtime calls of an engine, as far as it is served here. */
interface Monitor {
  newUrn(parent: string, type: string, name: string): string;
  readonly resources: Map<string, object>;
  registerResource: Method<Register, protocol.RegisterResourceResponse>;
  registerResourceOutputs: Method<protocol.RegisterResourceOutputsRequest>;
  readResource: Method<protocol.ReadResourceRequest, protocol.ReadResourceResponse>;
  invoke: Method<protocol.ResourceInvokeRequest>;
  registerStackTransform: Method<unknown>;
  registerStackInvokeTransform: Method<unknown>;
}

/**
 * Puts an engine behind the mock monitor of the running program: what the program registers and asks
 * goes to the engine in the form of Pulumi's protocol, whatever the version of the program's SDK.
 *
 * Once there is a problem, nothing more is created: resources are checked only, and answered as in a
 * preview.
 */
export function serveMonitor(
  sdk: PulumiSdk,
  engine: ProgramEngine,
  problems: ProblemCollector,
): void {
  const monitor = sdk.pulumi.runtime.getMonitor() as unknown as Monitor;
  const { Struct } = sdk;

  async function register(request: Register): Promise<protocol.RegisterResourceResponse> {
    const registration = registrationOf(request, monitor);
    const { urn, type, name } = registration;
    const subject = { name, type };
    const response = new sdk.protocol.RegisterResourceResponse();
    response.setUrn(urn);
    const created = await problems.watch(`${name} (${type})`, async () => {
      try {
        if (!problems.hasProblems) return await engine.create(registration);
        engine.check?.(registration);
        return undefined;
      } catch (error) {
        throw deploymentError(subject, error);
      }
    });
    const { id, state } = created ?? { state: {} };
    monitor.resources.set(urn, { urn, id: id ?? null, state });
    if (created === undefined) return response;
    response.setId(id ?? "");
    response.setObject(Struct.fromJavaScript(withoutUndefined(state)));
    engine.registered?.(registration, created);
    return response;
  }
  monitor.registerResource = (request, callback) => answer(register(request), callback);

  monitor.registerResourceOutputs = (request, callback) => {
    engine.outputs?.(request.getUrn(), propertiesOf(request.getOutputs()));
    callback(null, {});
  };

  monitor.readResource = (request, callback) => {
    const [name, type] = [request.getName(), request.getType()];
    problems.add(
      deploymentError(
        { name, type },
        new RefusedError("it is read or imported, which the in-process engine does not do."),
      ),
    );
    const response = new sdk.protocol.ReadResourceResponse();
    response.setUrn(monitor.newUrn(request.getParent(), type, name));
    callback(null, response);
  };

  async function invoke(request: protocol.ResourceInvokeRequest): Promise<object> {
    const token = request.getTok();
    const inputs = propertiesOf(request.getArgs());
    const isUnknown = JSON.stringify(inputs).includes(UNKNOWN_VALUE);
    const returned = await problems.watch(token, async () => {
      try {
        return isUnknown
          ? {}
          : await engine.invoke({ token, inputs, provider: request.getProvider() });
      } catch (error) {
        throw deploymentError({ name: "invoke", type: token }, error);
      }
    });
    const response = new sdk.InvokeResponse();
    response.setReturn(Struct.fromJavaScript(withoutUndefined(returned ?? {})));
    return response;
  }
  const ownInvoke = monitor.invoke.bind(monitor);
  monitor.invoke = (request, callback) =>
    request.getTok() === "pulumi:pulumi:getResource"
      ? ownInvoke(request, callback)
      : answer(invoke(request), callback);

  monitor.registerStackTransform = monitor.registerStackInvokeTransform = (_request, callback) => {
    problems.add(new RefusedError("The in-process engine does not run the transforms of a stack."));
    callback(null, {});
  };
}

function answer<Answer>(answering: Promise<Answer>, callback: Callback<Answer>): void {
  answering.then(
    (response) => {
      callback(null, response);
    },
    (error: unknown) => {
      callback(error instanceof Error ? error : new Error(String(error)));
    },
  );
}

function registrationOf(request: Register, monitor: Monitor): Registration {
  const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
  return {
    urn: monitor.newUrn(parent, type, name),
    type,
    name,
    custom: request.getCustom(),
    inputs: propertiesOf(request.getObject()),
    provider: request.getProvider(),
    ...(request.getImportid() && { existingId: request.getImportid() }),
    hasTransforms: hasTransforms(request),
    parent: parent || undefined,
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(
      request
        .getPropertydependenciesMap()
        .toArray()
        .map(([property, dependencies]) => [property, (dependencies as unknown as [string[]])[0]]),
    ),
  };
}

/** SDKs before 3.100 or so know no transforms. */
function hasTransforms(request: Partial<Pick<Register, "getTransformsList">>): boolean {
  return (request.getTransformsList?.() ?? []).length > 0;
}

/** As the protocol's structs take it, which have no form for what is undefined. */
function withoutUndefined(properties: WireProperties): Record<string, string> {
  return JSON.parse(JSON.stringify(properties)) as Record<string, string>;
}

function propertiesOf(struct: { toJavaScript(): object } | undefined): WireProperties {
  return (struct?.toJavaScript() ?? {}) as WireProperties;
}
