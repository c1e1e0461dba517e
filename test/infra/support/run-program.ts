import { readFile } from "node:fs/promises";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";

export interface RegisteredResource {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
  /** Types from the outermost parent to the resource itself. */
  typePath: string[];
}

export interface ProgramRun {
  resources: RegisteredResource[];
  /** Values of the exports; undefined where they are unknown, as in a preview. */
  outputs: Record<string, unknown>;
}

interface ConfigDeclaration {
  config: Record<string, { default?: unknown }>;
}

const ACCOUNT = "000000000000";
let runs = 0;

/**
 * Runs index.ts against Pulumi's mocks with the configuration of a stack file.
 * @param overrides configuration keys without their namespace.
 */
export async function runProgram({
  stack = "local",
  preview = false,
  overrides = {},
}: {
  stack?: string;
  preview?: boolean;
  overrides?: Record<string, string>;
} = {}): Promise<ProgramRun> {
  const recorded: Omit<RegisteredResource, "typePath">[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs }) => {
        recorded.push({ type, name, inputs: inputs as Record<string, unknown> });
        const state = inputs as Record<string, unknown>;
        return preview
          ? { id: undefined, state }
          : { id: `${name}-id`, state: { ...outputsOf(type, name, state), ...state } };
      },
      call: ({ token }) => {
        throw new Error(`The program makes no invokes, but made ${token}.`);
      },
    },
    "outage-drill",
    stack,
    preview,
  );
  pulumi.runtime.setAllConfig(await readConfig(stack, overrides));

  const program = `../../../index.ts?spec=${++runs}`;
  const { default: exported } = (await import(program)) as { default: Record<string, unknown> };
  const outputs = await Promise.all(
    Object.entries(exported).map(async ([name, value]) => [name, await valueOf(value)] as const),
  );
  await pulumi.runtime.disconnect();
  const typePaths = readTypePaths();
  return {
    resources: recorded.map((resource) => ({
      ...resource,
      typePath: typePaths.get(resource.name) ?? [],
    })),
    outputs: Object.fromEntries(outputs),
  };
}

/** What the provider would answer beyond the inputs, as far as the program reads it. */
function outputsOf(type: string, name: string, inputs: Record<string, unknown>) {
  const physicalName = String(inputs.name ?? name);
  const service = type.split(":")[1]?.split("/")[0] ?? "";
  const arn = `arn:aws:${service}:us-east-1:${ACCOUNT}:${physicalName}`;
  return {
    arn,
    url: `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/${physicalName}`,
    invokeArn: `${arn}/invocations`,
    rootResourceId: "root",
    invokeUrl: `https://${name}.execute-api.us-east-1.amazonaws.com/${String(inputs.stageName)}`,
  };
}

async function readConfig(stack: string, overrides: Record<string, string>) {
  const readYaml = async (file: string): Promise<unknown> =>
    parse(await readFile(new URL(`../../../${file}`, import.meta.url), "utf8"));
  const { config: declared } = (await readYaml("Pulumi.yaml")) as ConfigDeclaration;
  const { config: ofStack } = (await readYaml(`Pulumi.${stack}.yaml`)) as {
    config: Record<string, unknown>;
  };
  const defaults = Object.entries(declared).map(([key, { default: value }]) => [key, value]);
  const keys = Object.entries(ofStack).map(([key, value]) => [
    key.replace("outage-drill:", ""),
    value,
  ]);
  const all = { ...Object.fromEntries(defaults), ...Object.fromEntries(keys), ...overrides };
  return Object.fromEntries(
    Object.entries(all as Record<string, unknown>)
      .filter(([key]) => !key.includes(":"))
      .map(([key, value]) => [`outage-drill:${key}`, String(value)]),
  );
}

function readTypePaths(): Map<string, string[]> {
  const monitor = pulumi.runtime.getMonitor() as unknown as {
    getRegisteredResources(): Map<string, unknown>;
  };
  return new Map(
    [...monitor.getRegisteredResources().keys()].map((urn) => {
      const [, , types = "", name = ""] = urn.split("::");
      return [name, types.split("$")] as const;
    }),
  );
}

async function valueOf(output: unknown): Promise<unknown> {
  const value = pulumi.output(output) as pulumi.Output<unknown> & {
    promise(): Promise<unknown>;
    isKnown: Promise<boolean>;
  };
  return (await value.isKnown) ? value.promise() : undefined;
}
