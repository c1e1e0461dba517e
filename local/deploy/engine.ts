import * as pulumi from "@pulumi/pulumi";
import type { Log } from "../log.ts";
import { type AwsProvider, awsProvider } from "./aws-provider.ts";
import { checkInputs } from "./check-inputs.ts";
import { deploymentError } from "./deployment-error.ts";
import { invokes } from "./invokes.ts";
import { resourceTypes } from "./resource-types.ts";

const PROVIDER_TYPE = "pulumi:providers:aws";

/** Answers a program's registrations: creates its resources at one AWS endpoint. */
export interface Engine {
  readonly mocks: pulumi.runtime.Mocks;
  /** Closes the connections to the endpoint. */
  close(): void;
}

/** @param options.endpoint where every call goes */
export function createEngine(options: { endpoint: string; log: Log }): Engine {
  /** Id of a provider resource → the provider. */
  const providers = new Map<string, AwsProvider>();

  function providerOf(reference: string | undefined): AwsProvider {
    const provider = providers.get(reference?.split("::").at(-1) ?? "");
    if (provider === undefined) {
      throw new Error(
        "it has no explicit provider, and the in-process engine makes no default one: " +
          "give it one, or a parent that has one.",
      );
    }
    return provider;
  }

  async function create(
    args: pulumi.runtime.MockResourceArgs,
  ): Promise<pulumi.runtime.MockResourceResult> {
    const inputs = plainValues(args.inputs);
    if (args.transforms !== undefined && args.transforms.length > 0) {
      throw new Error("it has transforms, which the in-process engine does not run.");
    }
    if (args.custom !== true) {
      return { id: undefined, state: {} };
    }
    if (args.id) {
      throw new Error("it is read or imported, which the in-process engine does not do.");
    }
    if (args.type === PROVIDER_TYPE) {
      const id = `${args.name}-${String(providers.size + 1)}`;
      providers.set(id, await awsProvider(inputs, options.endpoint));
      return { id, state: {} };
    }
    const type = resourceTypes.get(args.type);
    if (type === undefined) {
      throw new Error("the in-process engine does not know this type of resource.");
    }
    const provider = providerOf(args.provider);
    // Every regional resource of provider 7 takes a region of its own.
    const { region, ...own } = inputs;
    const context = {
      name: args.name,
      provider,
      region: typeof region === "string" ? region : provider.region,
    };
    const created = await type.create(checkInputs(type.inputs, own), context);
    options.log({ event: "resource created", type: args.type, name: args.name, id: created.id });
    return { id: created.id, state: { region: context.region, ...created.state } };
  }

  async function invoke(args: pulumi.runtime.MockCallArgs): Promise<Record<string, unknown>> {
    const answer = invokes.get(args.token);
    if (answer === undefined) {
      throw new Error("the in-process engine does not know this function.");
    }
    return answer(plainValues(args.inputs), providerOf(args.provider));
  }

  return {
    mocks: {
      registerTransform: refuseTransform,
      registerInvokeTransform: refuseTransform,
      newResource: (args) =>
        create(args).catch((error: unknown) => {
          throw deploymentError(args, error);
        }),
      call: (args) =>
        invoke(args).catch((error: unknown) => {
          throw deploymentError({ name: "invoke", type: args.token }, error);
        }),
    },
    close: () => {
      providers.forEach((provider) => {
        provider.close();
      });
    },
  };
}

function refuseTransform(): never {
  throw new Error("The in-process engine does not run the transforms of a stack.");
}

/** Inputs without their marks of secrecy, which are at the top level only. */
function plainValues(inputs: unknown): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(inputs as Record<string, unknown>).map(([key, value]) => [
      key,
      pulumi.runtime.unwrapRpcSecret(value) as unknown,
    ]),
  );
}
