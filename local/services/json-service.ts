import type { AwsCall } from "../wire/aws-call.ts";
import { AwsError } from "../wire/aws-error.ts";
import { nestsTooDeep } from "../wire/nests-too-deep.ts";
import { serveInput } from "../members/serve-input.ts";
import type { AwsService } from "./aws-service.ts";

export type JsonInput = Readonly<Record<string, unknown>>;
export type JsonOperation = (input: JsonInput, call: AwsCall) => unknown;

/** A service of the JSON 1.0 or 1.1 protocol (`X-Amz-Target`), from a table of its operations. */
export function jsonService(
  name: string,
  operations: Readonly<Record<string, JsonOperation>>,
  { targetPrefix, protocol }: { targetPrefix: string; protocol: "json-1.0" | "json-1.1" },
): AwsService {
  return {
    name,
    operations: Object.keys(operations),
    identify({ headers }) {
      const [prefix, operation] = readTarget(headers["x-amz-target"]);
      if (prefix !== targetPrefix || !Object.hasOwn(operations, operation)) return undefined;
      return { operation, protocol };
    },
    async handle(call) {
      const run = operations[call.operation];
      if (!run) throw new Error(`No operation ${name}.${call.operation}`);
      const output = await run(serveInput(call, readJson(call)), call);
      return {
        status: 200,
        headers: {
          "content-type": `application/x-amz-${protocol}`,
          "x-amzn-RequestId": call.requestId,
        },
        body: output === undefined ? "" : JSON.stringify(output),
      };
    },
  };
}

/** `DynamoDB_20120810.PutItem` → `["DynamoDB_20120810", "PutItem"]`. */
export function readTarget(
  header: string | string[] | undefined,
): [prefix: string, operation: string] {
  const target = typeof header === "string" ? header : "";
  const dot = target.lastIndexOf(".");
  return [target.slice(0, Math.max(dot, 0)), target.slice(dot + 1)];
}

function readJson(call: AwsCall): JsonInput {
  if (nestsTooDeep(call.request.body))
    throw new AwsError(
      "SerializationException",
      "The request body nests too deep, or has too many parts.",
    );
  const text = call.request.body.toString("utf8");
  try {
    const input: unknown = JSON.parse(text === "" ? "{}" : text);
    if (typeof input === "object" && input !== null && !Array.isArray(input))
      return input as JsonInput;
  } catch {
    // Answered below, like JSON that is no object.
  }
  throw new AwsError("SerializationException", "The request body must be a JSON object.");
}
