import * as pulumi from "@pulumi/pulumi";
import { isAwsHost } from "./is-aws-host.ts";

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
  /** Templates of AWS's own FIS actions; undefined when the stack has none. */
  awsExperiments: AwsExperimentSettings | undefined;
  namePrefix: string;
  names: PhysicalNames;
}

export interface AwsExperimentSettings {
  faultDurationMinutes: number;
  /** Layer of FIS's Lambda extension; undefined without faults inside the functions. */
  extensionLayerArn: string | undefined;
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
  const namePrefix = config.get("namePrefix") ?? "";
  return {
    region: config.require("region"),
    emulator: readEmulator(endpoint, accessKey, secretKey),
    restApiCustomId: config.require("restApiCustomId"),
    stageName: config.require("stageName"),
    functionRuntime: config.require("functionRuntime"),
    writeBuffer: config.requireBoolean("writeBuffer"),
    deletionProtection: config.requireBoolean("deletionProtection"),
    logRetentionDays: config.requireNumber("logRetentionDays"),
    awsExperiments: readAwsExperiments(config),
    namePrefix,
    names: physicalNames(namePrefix),
  };
}

/** FIS quotas: an action runs for at most 12 hours; 5 minutes of it are kept for the undoing. */
const LONGEST_FAULT_MINUTES = 12 * 60 - 5;

function readAwsExperiments(config: pulumi.Config): AwsExperimentSettings | undefined {
  const lambdaFaults = config.requireBoolean("lambdaFaults");
  if (!config.requireBoolean("awsExperimentTemplates")) {
    if (!lambdaFaults) return undefined;
    throw new Error(
      "Configuration lambdaFaults is for the templates of AWS: set awsExperimentTemplates to true as well.",
    );
  }
  const faultDurationMinutes = config.requireNumber("faultDurationMinutes");
  if (
    !Number.isInteger(faultDurationMinutes) ||
    faultDurationMinutes < 1 ||
    faultDurationMinutes > LONGEST_FAULT_MINUTES
  )
    throw new Error(
      `Configuration faultDurationMinutes must be a whole number from 1 to ${String(LONGEST_FAULT_MINUTES)}.`,
    );
  const layerArn = config.get("fisExtensionLayerArn") ?? "";
  if (lambdaFaults && !LAYER_VERSION_ARN.test(layerArn))
    throw new Error(
      `Configuration lambdaFaults needs fisExtensionLayerArn, the ARN of a layer version, not "${layerArn}": Pulumi.yaml says where to find it.`,
    );
  return { faultDurationMinutes, extensionLayerArn: lambdaFaults ? layerArn : undefined };
}

const LAYER_VERSION_ARN = /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:layer:[\w-]+:\d+$/;

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
  // "localhost:4566" parses, as a URL of the scheme localhost.
  if (!URL.canParse(endpoint) || !/^https?:$/.test(new URL(endpoint).protocol))
    throw new Error(
      `Configuration endpoint is not an HTTP URL: ${endpoint}. Set it to something like http://localhost:4566.`,
    );
  if (isAwsHost(new URL(endpoint).hostname))
    throw new Error(
      `Configuration endpoint is AWS itself: ${endpoint}. Leave endpoint, accessKey and secretKey out for AWS.`,
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
