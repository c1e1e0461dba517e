import * as pulumi from "@pulumi/pulumi";

/** The configuration of a stack, checked. Keys, defaults and meanings are in Pulumi.yaml. */
export interface Settings {
  region: string;
  /** The emulated AWS and the keys it takes; undefined for AWS itself. */
  emulator: Emulator | undefined;
  restApiCustomId: string;
  stageName: string;
  functionRuntime: string;
  writeBuffer: boolean;
  deletionProtection: boolean;
  logRetentionDays: number;
  names: PhysicalNames;
}

export interface Emulator {
  /** Without a trailing slash. */
  endpoint: string;
  accessKey: string;
  secretKey: string;
}

export type PhysicalNames = ReturnType<typeof physicalNames>;

/** @throws Error, one sentence that names the key and what to do about it. */
export function readSettings(config = new pulumi.Config()): Settings {
  const endpoint = (config.get("endpoint") ?? "").replace(/\/+$/, "");
  const accessKey = config.get("accessKey") ?? "";
  const secretKey = config.get("secretKey") ?? "";
  return {
    region: config.require("region"),
    emulator: readEmulator(endpoint, accessKey, secretKey),
    restApiCustomId: config.require("restApiCustomId"),
    stageName: config.require("stageName"),
    functionRuntime: config.require("functionRuntime"),
    writeBuffer: config.requireBoolean("writeBuffer"),
    deletionProtection: config.requireBoolean("deletionProtection"),
    logRetentionDays: config.requireNumber("logRetentionDays"),
    names: physicalNames(config.get("namePrefix") ?? ""),
  };
}

/** IAM User Guide, "Unique identifiers": long-term and temporary access keys start like this. */
const REAL_ACCESS_KEY = /^A(KIA|SIA)/;

function readEmulator(
  endpoint: string,
  accessKey: string,
  secretKey: string,
): Emulator | undefined {
  if (endpoint === "") {
    if (accessKey === "" && secretKey === "") return undefined;
    throw new Error(
      "Configuration accessKey and secretKey are for an emulated AWS: set endpoint as well, or remove both and let the provider find credentials.",
    );
  }
  if (!URL.canParse(endpoint))
    throw new Error(
      `Configuration endpoint is not a URL: ${endpoint}. Set it to something like http://localhost:4566.`,
    );
  if (accessKey === "" || secretKey === "")
    throw new Error(
      "Configuration endpoint needs accessKey and secretKey, so that no key of your shell reaches it: set both to test.",
    );
  if (REAL_ACCESS_KEY.test(accessKey))
    throw new Error(
      "Configuration accessKey is a real AWS key and endpoint is not AWS: set accessKey and secretKey to test.",
    );
  return { endpoint, accessKey, secretKey };
}

function physicalNames(prefix: string) {
  return {
    table: `${prefix}Products`,
    functions: {
      "add-product": `${prefix}add-product`,
      "get-product": `${prefix}get-product`,
      "process-product-events": `${prefix}process-product-events`,
    },
    restApi: `${prefix}ProductApi`,
    topic: `${prefix}ProductEventsTopic`,
    queue: `${prefix}ProductEventsQueue`,
    deadLetterQueue: `${prefix}ProductEventsDeadLetterQueue`,
  };
}
