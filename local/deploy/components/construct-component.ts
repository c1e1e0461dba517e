import structProtocol from "google-protobuf/google/protobuf/struct_pb.js";
import protocol from "@pulumi/pulumi/proto/resource_pb.js";
import type {
  Child,
  ComponentInputs,
  ComponentType,
  FindResource,
  ResourceReference,
} from "./component-type.ts";
import { UNKNOWN } from "./unknown-value.ts";

type Register = protocol.RegisterResourceRequest;
type Registered = protocol.RegisterResourceResponse;
type RegisterMethod = (
  request: Register,
  callback: (error: Error | null, response?: Registered) => void,
) => unknown;

/** What Pulumi's runtime calls of an engine, as far as a component needs it. */
export interface ComponentMonitor {
  /** URN → what is known of the resource. */
  readonly resources: Map<string, { id?: string | null; state: object }>;
  registerResource: RegisterMethod;
  registerResourceOutputs(
    request: protocol.RegisterResourceOutputsRequest,
    callback: (error: Error | null) => void,
  ): unknown;
}

/** Marks of special values on Pulumi's wire. Source: @pulumi/pulumi, runtime/rpc. */
const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const RESOURCE = "5cf8f73096256a8f31e491e813e4eb8e";

/** The inputs of a component, with the resources of the program in the place of their references. */
export function componentInputs(request: Register, monitor: ComponentMonitor): ComponentInputs {
  return plain(request.getObject()?.toJavaScript() ?? {}, monitor) as ComponentInputs;
}

function plain(value: unknown, monitor: ComponentMonitor): unknown {
  if (Array.isArray(value)) return value.map((each) => plain(each, monitor));
  if (typeof value !== "object" || value === null) return value;
  const fields = value as Readonly<Record<string, unknown>>;
  if (fields[SIGNATURE] === SECRET) return plain(fields.value, monitor);
  if (fields[SIGNATURE] === RESOURCE) return referenceOf(String(fields.urn), monitor);
  return Object.fromEntries(
    Object.entries(fields).map(([name, each]) => [name, plain(each, monitor)]),
  );
}

function referenceOf(urn: string, monitor: ComponentMonitor): ResourceReference {
  const state = (monitor.resources.get(urn)?.state ?? {}) as Record<string, unknown>;
  return { urn, state: { arn: UNKNOWN, ...state } };
}

/** Looks resources of the program up by their ids, in the place of which some SDKs send them. */
export function findIn(monitor: ComponentMonitor): FindResource {
  return (type, id) => {
    for (const [urn, resource] of monitor.resources)
      if (resource.id === id && urn.split("::")[2]?.split("$").at(-1) === type)
        return referenceOf(urn, monitor);
    return undefined;
  };
}

/**
 * Registers a component and the resources that it consists of with the monitor of a running program.
 *
 * @param register registers the component itself; its resources go the way of the program's own
 * @returns the answer to the program's registration
 */
export async function constructComponent(
  component: ComponentType,
  request: Register,
  monitor: ComponentMonitor,
  register: RegisterMethod,
): Promise<Registered> {
  const inputs = componentInputs(request, monitor);
  const own = new protocol.RegisterResourceRequest();
  own.setType(request.getType());
  own.setName(request.getName());
  own.setParent(request.getParent());
  own.setObject(request.getObject());
  const urn = (await send(register, own)).getUrn();
  const provider = request.getProvidersMap().get("aws") ?? request.getProvider();

  const create = async (
    type: string,
    name: string,
    given: ComponentInputs,
    dependencies: Readonly<Record<string, readonly string[]>> = {},
  ): Promise<Child> => {
    const child = childRequest({ type, name, parent: urn, provider, inputs: given, dependencies });
    const response = await send((...args) => monitor.registerResource(...args), child);
    const answered = (response.getObject()?.toJavaScript() ?? {}) as Record<string, unknown>;
    const state = { ...given, ...answered };
    // Who follows the component's outputs to this resource reads what it was given as well.
    const known = monitor.resources.get(response.getUrn());
    if (known) known.state = state;
    return { urn: response.getUrn(), id: response.getId() || UNKNOWN, state };
  };
  const refer = (child: Child): unknown => ({
    [SIGNATURE]: RESOURCE,
    urn: child.urn,
    id: child.id,
  });
  const outputs = structOf(
    await component.create(inputs, {
      ...{ name: request.getName(), create, refer },
      find: findIn(monitor),
    }),
  );
  await sendOutputs(monitor, urn, outputs);
  const response = new protocol.RegisterResourceResponse();
  response.setUrn(urn);
  response.setObject(outputs);
  return response;
}

function childRequest(child: {
  type: string;
  name: string;
  parent: string;
  provider: string;
  inputs: ComponentInputs;
  dependencies: Readonly<Record<string, readonly string[]>>;
}): Register {
  const request = new protocol.RegisterResourceRequest();
  request.setType(child.type);
  request.setName(child.name);
  request.setParent(child.parent);
  request.setProvider(child.provider);
  request.setCustom(true);
  request.setObject(structOf(child.inputs));
  request.setDependenciesList([...new Set(Object.values(child.dependencies).flat())]);
  for (const [property, urns] of Object.entries(child.dependencies)) {
    const list = new protocol.RegisterResourceRequest.PropertyDependencies();
    list.setUrnsList([...urns]);
    request.getPropertydependenciesMap().set(property, list);
  }
  return request;
}

function send(register: RegisterMethod, request: Register): Promise<Registered> {
  return new Promise((resolve, reject) => {
    register(request, (error, response) => {
      if (error !== null && error !== undefined) reject(error);
      else if (response === undefined) reject(new Error("A registration was not answered."));
      else resolve(response);
    });
  });
}

function sendOutputs(
  monitor: ComponentMonitor,
  urn: string,
  outputs: structProtocol.Struct,
): Promise<void> {
  const request = new protocol.RegisterResourceOutputsRequest();
  request.setUrn(urn);
  request.setOutputs(outputs);
  return new Promise((resolve, reject) => {
    monitor.registerResourceOutputs(request, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

function structOf(values: Readonly<Record<string, unknown>>): structProtocol.Struct {
  return structProtocol.Struct.fromJavaScript(
    JSON.parse(JSON.stringify(values)) as Parameters<
      typeof structProtocol.Struct.fromJavaScript
    >[0],
  );
}
