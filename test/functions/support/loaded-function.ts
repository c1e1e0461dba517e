import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import { bundleFunction, type FunctionName } from "../../../infra/function-bundles.ts";

const BOOT = `
  const { parentPort, workerData } = require("node:worker_threads");
  import(workerData).then(({ handler }) => {
    parentPort.on("message", (event) => {
      handler(event, { awsRequestId: "request", functionName: "function" }).then(
        (result) => parentPort.postMessage({ result }),
        (error) => parentPort.postMessage({ error }),
      );
    });
  });
`;

/** The deployed bundle of a function in a thread with an environment of its own, as in Lambda. */
export class LoadedFunction<Event, Result> {
  /** All it has logged, one JSON object a line. */
  log = "";
  private readonly directory: string;
  private readonly worker: Worker;

  private constructor(directory: string, bundle: string, env: Record<string, string>) {
    this.directory = directory;
    this.worker = new Worker(BOOT, {
      eval: true,
      env,
      workerData: pathToFileURL(bundle).href,
      stdout: true,
      stderr: true,
    });
    for (const stream of [this.worker.stdout, this.worker.stderr])
      stream.setEncoding("utf8").on("data", (text: string) => (this.log += text));
  }

  static async load<Event, Result>(
    name: FunctionName,
    env: Record<string, string>,
  ): Promise<LoadedFunction<Event, Result>> {
    const directory = await mkdtemp(join(tmpdir(), "loaded-function-"));
    const bundle = join(directory, "index.mjs");
    await writeFile(bundle, await bundleFunction(name));
    return new LoadedFunction(directory, bundle, {
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      ...env,
    });
  }

  /** Invokes the handler; one event at a time. */
  async invoke(event: Event): Promise<Result> {
    this.worker.postMessage(event);
    const [{ result, error }] = (await once(this.worker, "message")) as [
      { result: Result; error?: Error },
    ];
    if (error) throw error;
    return result;
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
    await rm(this.directory, { recursive: true });
  }
}
