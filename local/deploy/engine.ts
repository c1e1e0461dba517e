import type { Log } from "../log.ts";
import { type AwsProvider, awsProvider } from "./aws-provider.ts";
import { checkInputs, checkKnownInputs } from "./check-inputs.ts";
import { defaultProviderInputs } from "./default-provider.ts";
import type { DeployedResource } from "./deployed-resource.ts";
import { fromWire, jsonFromWire, type WireProperties } from "./from-wire.ts";
import { invokes } from "./invokes.ts";
import type {
  InvokedFunction,
  ProgramEngine,
  RegisteredState,
  Registration,
} from "./program-engine.ts";
import { RefusedError } from "./refused-error.ts";
import type { EndpointOptions, ResourceType } from "./resource-type.ts";
import { resourceTypes } from "./resource-types.ts";

const PROVIDER_TYPE = "pulumi:providers:aws";
/** Providers carry keys, and the stack itself is no resource of the program. */
const UNLISTED = /^pulumi:(providers:|pulumi:Stack$)/;

export interface EngineOptions extends EndpointOptions {
  /** Where every call goes. */
  readonly endpoint: string;
  /** The stack's configuration, full key → value: the default provider is made from it. */
  readonly config: Readonly<Record<string, string>>;
  readonly log: Log;
}

/** Answers a program's registrations: creates its resources at one AWS endpoint. */
export interface Engine extends ProgramEngine {
  /** What was created, in that order. */
  resources(): DeployedResource[];
  /** Closes the connections to the endpoint. */
  close(): void;
}

export function createEngine(options: EngineOptions): Engine {
  /** Id of a provider resource → the provider. */
  const providers = new Map<string, AwsProvider>();
  const created = new Map<string, DeployedResource>();
  let defaultProvider: Promise<AwsProvider> | undefined;

  async function providerOf(reference: string): Promise<AwsProvider> {
    if (reference !== "") {
      const provider = providers.get(reference.split("::").at(-1) ?? "");
      if (provider !== undefined) return provider;
      throw new RefusedError(`its provider ${reference} is none of AWS.`);
    }
    return (defaultProvider ??= awsProvider(
      defaultProviderInputs(options.config),
      options.endpoint,
    ));
  }

  function typeOf(registration: Registration): ResourceType | undefined {
    const { type, custom, existingId, hasTransforms, provider } = registration;
    if (hasTransforms)
      throw new RefusedError("it has transforms, which the in-process engine does not run.");
    if (!custom) return undefined;
    if (existingId !== undefined)
      throw new RefusedError("it is read or imported, which the in-process engine does not do.");
    if (type === PROVIDER_TYPE) return undefined;
    const known = resourceTypes.get(type);
    if (known === undefined)
      throw new RefusedError("the in-process engine does not know this type of resource.");
    // Refuses a stack that has none.
    if (provider === "") defaultProviderInputs(options.config);
    return known;
  }

  async function create(registration: Registration): Promise<RegisteredState> {
    const type = typeOf(registration);
    const { name } = registration;
    if (registration.type === PROVIDER_TYPE) {
      const id = `${name}-${String(providers.size + 1)}`;
      const inputs = { region: options.config["aws:region"], ...inputsOf(registration) };
      providers.set(id, await awsProvider(inputs, options.endpoint));
      return { id, state: {} };
    }
    if (type === undefined) return { state: {} };
    const provider = await providerOf(registration.provider);
    const { region = provider.region, own } = ownInputs(registration);
    const context = { name, provider, region };
    const checked = checkInputs(type.inputs, own, type.refuse?.(own, options));
    const { id, state } = await type.create(checked, context);
    options.log({ event: "resource created", type: registration.type, name, id });
    return { id, state: { region: context.region, ...asTexts(own, checked), ...state } };
  }

  async function invoke({ token, inputs, provider }: InvokedFunction): Promise<WireProperties> {
    const answer = invokes.get(token);
    if (answer === undefined)
      throw new RefusedError("the in-process engine does not know this function.");
    return answer(fromWire(inputs) as Record<string, unknown>, await providerOf(provider));
  }

  return {
    create,
    invoke,
    check(registration) {
      const type = typeOf(registration);
      if (type === undefined) return;
      const { own } = ownInputs(registration);
      checkKnownInputs(type.inputs, own, type.refuse?.(own, options));
    },
    registered({ urn, type, name, custom, inputs }, { id, state }) {
      if (UNLISTED.test(type)) return;
      const outputs = custom ? jsonFromWire({ ...inputs, ...state }) : {};
      created.set(urn, { type, name, urn, ...(id !== undefined && { id }), outputs });
    },
    outputs(urn, outputs) {
      const component = created.get(urn);
      if (component !== undefined)
        created.set(urn, { ...component, outputs: jsonFromWire(outputs) });
    },
    resources: () => [...created.values()],
    close() {
      const opened = [...providers.values()];
      opened.forEach((provider) => {
        provider.close();
      });
      void defaultProvider?.then(
        (provider) => {
          provider.close();
        },
        () => undefined,
      );
    },
  };
}

function inputsOf({ inputs }: Registration): Record<string, unknown> {
  return fromWire(inputs) as Record<string, unknown>;
}

/** The inputs of a type; in provider 7 every regional resource also takes a region. */
function ownInputs(registration: Registration) {
  const { region, ...own } = inputsOf(registration);
  return { own, ...(typeof region === "string" && { region }) };
}

/** Documents that the program gives as objects and the provider keeps as JSON text. */
function asTexts(
  given: Readonly<Record<string, unknown>>,
  checked: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(checked).filter(
      ([key, value]) => typeof value === "string" && typeof given[key] === "object",
    ),
  );
}
