import { enableCompileCache } from "node:module";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import { endAlone } from "./end-alone.ts";
import { findModule } from "./find-module.ts";
import { provideSdk } from "./provide-sdk.ts";
import type { EnvironmentSetup, FromEnvironment, Invocation, RuntimeError } from "./messages.ts";

/** The thread of one execution environment: loads the handler once, then runs one event at a time. */

type Handler = (event: unknown, context: object) => unknown;

const setup = workerData as EnvironmentSetup;
const port = parentPort;
if (!port) throw new Error("The bootstrap runs in a worker thread only.");
const send = (message: FromEnvironment): void => {
  port.postMessage(message);
};

endAlone(send, describe);
enableCompileCache(setup.compileCache);
provideSdk(setup.runtime);
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
  const { file, name } = findModule(setup);
  const loaded = await load(file);
  const found = loaded[name] ?? loaded.default?.[name];
  if (typeof found !== "function")
    throw Object.assign(new Error(`${setup.handler} is undefined or not exported`), {
      name: "Runtime.HandlerNotFound",
    });
  return found as Handler;
}

type Loaded = Record<string, unknown> & { default?: Record<string, unknown> };

/** Names two kinds of failure as Lambda's runtime for Node.js does; others keep their own name. */
async function load(file: string): Promise<Loaded> {
  try {
    return (await import(pathToFileURL(file).href)) as Loaded;
  } catch (error) {
    const name =
      error instanceof SyntaxError
        ? "Runtime.UserCodeSyntaxError"
        : (error as NodeJS.ErrnoException | undefined)?.code === "MODULE_NOT_FOUND"
          ? "Runtime.ImportModuleError"
          : undefined;
    throw name ? Object.assign(new Error(String(error)), { name }) : error;
  }
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
