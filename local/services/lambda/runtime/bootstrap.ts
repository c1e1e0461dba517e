import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { EnvironmentSetup, FromEnvironment, Invocation, RuntimeError } from "./messages.ts";

/** The thread of one execution environment: loads the handler once, then runs one event at a time. */

type Handler = (event: unknown, context: object) => unknown;

const setup = workerData as EnvironmentSetup;
const port = parentPort;
if (!port) throw new Error("The bootstrap runs in a worker thread only.");
const send = (message: FromEnvironment): void => {
  port.postMessage(message);
};

enableCompileCache(setup.compileCache);
let handler: Handler | undefined;
try {
  handler = await loadHandler();
  send({ kind: "ready" });
} catch (error) {
  send({ kind: "init-error", error: describe(error, "Runtime.ImportModuleError") });
}

port.on("message", (invocation: Invocation) => {
  void run(invocation);
});

async function run(invocation: Invocation): Promise<void> {
  const { requestId } = invocation;
  try {
    const result: unknown = await handler?.(JSON.parse(invocation.payload), contextOf(invocation));
    send({ kind: "result", requestId, payload: result === undefined ? "null" : toJson(result) });
  } catch (error) {
    const described = describe(error, "Error");
    console.error(JSON.stringify({ ...described, stack: described.trace, trace: undefined }));
    send({ kind: "error", requestId, error: described });
  }
}

async function loadHandler(): Promise<Handler> {
  const dot = setup.handler.lastIndexOf(".");
  const module = setup.handler.slice(0, dot);
  const name = setup.handler.slice(dot + 1);
  const file = [".mjs", ".js", ".cjs"]
    .map((extension) => join(setup.directory, module + extension))
    .find((path) => existsSync(path));
  if (file === undefined)
    throw Object.assign(new Error(`Cannot find module '${module}'`), {
      name: "Runtime.ImportModuleError",
    });
  const loaded = (await import(pathToFileURL(file).href)) as Record<string, unknown> & {
    default?: Record<string, unknown>;
  };
  const found = loaded[name] ?? loaded.default?.[name];
  if (typeof found !== "function")
    throw Object.assign(new Error(`${setup.handler} is undefined or not exported`), {
      name: "Runtime.HandlerNotFound",
    });
  return found as Handler;
}

/** Source: AWS Lambda Developer Guide, "Using the Lambda context object" for Node.js. */
function contextOf({ requestId, functionArn, deadlineMs, clientContext }: Invocation): object {
  return {
    functionName: setup.functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(setup.memorySizeMb),
    awsRequestId: requestId,
    logGroupName: setup.logGroup,
    logStreamName: setup.logStream,
    ...(clientContext !== undefined && { clientContext: JSON.parse(clientContext) as object }),
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

function toJson(result: unknown): string {
  try {
    // JSON.stringify gives undefined for a function or a symbol.
    return (JSON.stringify(result) as string | undefined) ?? "null";
  } catch (error) {
    throw Object.assign(
      new Error(
        `Unable to stringify response body: ${error instanceof Error ? error.message : ""}`,
      ),
      { name: "Runtime.MarshallError" },
    );
  }
}

function describe(error: unknown, fallback: string): RuntimeError {
  if (!(error instanceof Error)) return { errorType: fallback, errorMessage: String(error) };
  return {
    errorType: error.name || fallback,
    errorMessage: error.message,
    trace: (error.stack ?? "").split("\n"),
  };
}
