import { AwsError } from "../../wire/aws-error.ts";
import type { FunctionConfiguration } from "./lambda-function.ts";

/** Runtimes that run on the Node.js that the embedded cloud itself runs on. */
const runtimes = ["nodejs24.x", "nodejs22.x", "nodejs20.x"];
/** Runtimes that AWS has ended, and that run on that Node.js where somebody asks for it. */
const oldRuntimes = ["nodejs18.x", "nodejs16.x", "nodejs14.x", "nodejs12.x", "nodejs10.x"];

/** Keys that Lambda sets itself. Source: Lambda Developer Guide, reserved environment variables. */
const reservedVariables =
  /^(_HANDLER|_X_AMZN_TRACE_ID|AWS_(DEFAULT_REGION|REGION|EXECUTION_ENV|ACCESS_KEY|ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)|AWS_LAMBDA_(FUNCTION_.*|LOG_.*|INITIALIZATION_TYPE|RUNTIME_API)|LAMBDA_(TASK_ROOT|RUNTIME_DIR))$/;

type Input = Readonly<Record<string, unknown>>;

/** Configuration of a function from the input of CreateFunction or UpdateFunctionConfiguration. */
export function readConfiguration(
  input: Input,
  name: string,
  { runOldRuntimes = false }: { readonly runOldRuntimes?: boolean },
  before?: FunctionConfiguration,
): FunctionConfiguration {
  const runtime = text(input, "Runtime", before?.runtime);
  const isOld = oldRuntimes.includes(runtime);
  if (!runtimes.includes(runtime) && !(isOld && runOldRuntimes))
    throw invalid(
      `Value ${runtime} at 'runtime' failed to satisfy constraint: this endpoint runs ${runtimes.join(", ")}` +
        (isOld ? "; started with --run-old-runtimes, it runs this one on Node.js 24" : ""),
    );
  const roleArn = text(input, "Role", before?.roleArn);
  if (!/^arn:aws[\w-]*:iam::\d{12}:role\/.+$/.test(roleArn))
    throw invalid(
      `Value '${roleArn}' at 'role' failed to satisfy constraint: Member must be the ARN of a role`,
    );
  const handler = text(input, "Handler", before?.handler);
  if (!/^[^\s.][^\s]*\.[^\s.]+$/.test(handler))
    throw invalid(
      `Value '${handler}' at 'handler' failed to satisfy constraint: Member must be FILE.FUNCTION`,
    );
  return {
    description: text(input, "Description", before?.description ?? ""),
    runtime,
    handler,
    roleArn,
    timeoutSeconds: number(input, "Timeout", { min: 1, max: 900 }, before?.timeoutSeconds ?? 3),
    memorySizeMb: number(
      input,
      "MemorySize",
      { min: 128, max: 10_240 },
      before?.memorySizeMb ?? 128,
    ),
    variables: readVariables(input["Environment"]) ?? before?.variables ?? {},
    layerArns: readLayers(input["Layers"]) ?? before?.layerArns ?? [],
    architectures: before?.architectures ?? ["x86_64"],
    ...readArchitectures(input["Architectures"]),
    tracingMode:
      (input["TracingConfig"] as { Mode?: string } | undefined)?.Mode ??
      before?.tracingMode ??
      "PassThrough",
    ephemeralStorageMb:
      (input["EphemeralStorage"] as { Size?: number } | undefined)?.Size ??
      before?.ephemeralStorageMb ??
      512,
    logging: {
      LogFormat: "Text",
      LogGroup: `/aws/lambda/${name}`,
      ...before?.logging,
      ...(input["LoggingConfig"] as object | undefined),
    },
  };
}

/** Kept and answered; the code runs on this machine, whatever it is. */
export function readArchitectures(value: unknown): Partial<FunctionConfiguration> {
  if (value === undefined || value === null) return {};
  const architectures: unknown[] = Array.isArray(value) ? value : [];
  if (architectures.length === 1 && architectures[0] === "x86_64")
    return { architectures: ["x86_64"] };
  if (architectures.length === 1 && architectures[0] === "arm64")
    return { architectures: ["arm64"] };
  throw invalid("Architectures must be a list of x86_64 or arm64 alone.");
}

/**
 * FIS's extension, whose part Lambda plays here by itself. Any other layer would be missing from the
 * function's code.
 */
const fisExtension = /^arn:aws[\w-]*:lambda:[\w-]+:\d{12}:layer:aws-fis-extension-[\w-]+:\d+$/i;

function readLayers(layers: unknown): readonly string[] | undefined {
  if (layers === undefined || layers === null) return undefined;
  const arns = layers as readonly string[];
  const other = arns.find((arn) => !fisExtension.test(arn));
  if (other !== undefined)
    throw invalid(
      `The layer ${other} is not served by this endpoint, which knows FIS's extension only; bundle it into the function.`,
    );
  return arns;
}

function readVariables(environment: unknown): Record<string, string> | undefined {
  if (environment === undefined || environment === null) return undefined;
  const { Variables = {} } = environment as { Variables?: Record<string, unknown> };
  for (const [key, value] of Object.entries(Variables)) {
    if (typeof value !== "string")
      throw invalid(`The environment variable ${key} must be a string.`);
    if (reservedVariables.test(key))
      throw invalid(
        `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${key}`,
      );
  }
  return Variables as Record<string, string>;
}

function text(input: Input, key: string, fallback?: string): string {
  const value = input[key] ?? fallback;
  if (typeof value !== "string") throw invalid(`${key} is required and must be a string.`);
  return value;
}

function number(
  input: Input,
  key: string,
  { min, max }: { min: number; max: number },
  fallback: number,
): number {
  const value = input[key] ?? fallback;
  if (typeof value !== "number" || !Number.isInteger(value) || value < min || value > max)
    throw invalid(`${key} must be a whole number from ${String(min)} to ${String(max)}.`);
  return value;
}

function invalid(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message, 400, { Type: "User" });
}
