import { createRequire } from "node:module";
import { dirname } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import type providerProtocol from "@pulumi/pulumi/proto/provider_pb.js";
import type protocol from "@pulumi/pulumi/proto/resource_pb.js";
import { openProgram } from "./open-program.ts";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";

/** The Pulumi SDK that a program loads, whatever its version: its state is what mocks are set in. */
export interface PulumiSdk {
  readonly pulumi: typeof pulumi;
  readonly protocol: typeof protocol;
  readonly providerProtocol: typeof providerProtocol;
  /** Classes of the protocol's own copies, which differ between versions. */
  readonly Struct: typeof Struct;
  readonly InvokeResponse: new () => Pick<providerProtocol.InvokeResponse, "setReturn">;
  /** Folder of the package. */
  readonly folder: string;
  /** Gives a callback, and all that follows from it, separate Pulumi state and configuration. */
  withLocalStorage<Result>(callback: () => Result): Result;
  /** Makes the running program go on as a preview, in which values that nobody computes are unknown. */
  previewFromHere(): void;
}

/** What the SDK's type declarations leave out; the Automation API uses it. */
interface State {
  withLocalStorage?<Result>(callback: () => Result): Result;
}

/**
 * @param entry path of the program's entry module, from which the SDK is resolved as the program does
 * @throws Error, one sentence, where it is not installed
 */
export function loadPulumi(entry: string): PulumiSdk {
  const require = createRequire(entry);
  let manifest: string;
  try {
    manifest = require.resolve("@pulumi/pulumi/package.json");
  } catch {
    throw new Error(
      `The program in ${dirname(entry)} finds no @pulumi/pulumi: install its packages there first ` +
        "(npm install).",
    );
  }
  const sdk = require("@pulumi/pulumi") as typeof pulumi;
  const state = stateOf(entry);
  const ofResources = require("@pulumi/pulumi/proto/resource_pb.js") as Partial<typeof protocol>;
  const ofProviders = require("@pulumi/pulumi/proto/provider_pb.js") as typeof providerProtocol;
  const structs = createRequire(manifest)("google-protobuf/google/protobuf/struct_pb.js") as {
    Struct: typeof Struct;
  };
  return {
    pulumi: sdk,
    protocol: ofResources as typeof protocol,
    providerProtocol: ofProviders,
    Struct: structs.Struct,
    InvokeResponse: ofResources.ResourceInvokeResponse ?? ofProviders.InvokeResponse,
    folder: dirname(manifest),
    withLocalStorage: (callback) => state.withLocalStorage?.(callback) ?? callback(),
    previewFromHere() {
      (sdk.runtime as unknown as { _setIsDryRun(value: boolean): void })._setIsDryRun(true);
    },
  };
}

/** SDKs before 3.50 or so have one state for the whole process, without a module for it. */
function stateOf(entry: string): State {
  try {
    return createRequire(entry)("@pulumi/pulumi/runtime/state.js") as State;
  } catch {
    return {};
  }
}

/** Loads what a program will load first, before it is known what is to be deployed. */
export async function preload(programUrl: URL): Promise<void> {
  const { entry } = await openProgram(programUrl);
  loadPulumi(entry);
  createRequire(entry)("@pulumi/aws");
}
