import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { fileURLToPath } from "node:url";
import grpc from "@grpc/grpc-js";
import Empty from "google-protobuf/google/protobuf/empty_pb.js";
import analyzerGrpc from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzerProto from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { AnalyzeResponse, AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb.js";
import { analyzeRequest, policyConfig, stackRequest } from "./analyzer-requests.ts";
import { type Analysis, readAnalysis, readRules, type RuleInfo } from "./read-analysis.ts";
import type { RecordedResource } from "./recorded-resource.ts";

const STARTED_WITHIN_MS = 30_000;
/** As the engine: 400 MB, because functions' code is among the inputs. */
const MAX_MESSAGE_BYTES = 400 * 1024 * 1024;

export interface AnalyzeOptions {
  /** As `pulumi stack tag` sets them. */
  readonly stackTags?: Readonly<Record<string, string>>;
  /** Rule → settings that win over the defaults of its schema. */
  readonly config?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A policy pack in a process of its own, asked over the protocol of Pulumi's engine. */
export interface Analyzer {
  readonly rules: readonly RuleInfo[];
  /** One after the other: the pack keeps its configuration between calls. */
  analyze(resources: readonly RecordedResource[], options?: AnalyzeOptions): Promise<Analysis>;
  stop(): Promise<void>;
}

/**
 * Starts a policy pack as the Pulumi CLI does: as a gRPC server that prints its port.
 *
 * @param packUrl folder of PulumiPolicy.yaml, a `file:` URL that ends with a slash.
 * @throws Error with what the pack wrote, if it does not start.
 */
export async function startAnalyzer(packUrl: URL): Promise<Analyzer> {
  const child = spawn(process.execPath, ["boot.cjs"], {
    cwd: fileURLToPath(packUrl),
    // The channel tells the pack when this process has gone.
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  }) as ChildProcessByStdio<null, Readable, Readable>;
  const exited = once(child, "exit");
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaint += text));
  const port = await readPort(child.stdout, exited, () => complaint).catch((error: unknown) => {
    child.kill();
    throw error;
  });
  const client = new analyzerGrpc.AnalyzerClient(
    `127.0.0.1:${port}`,
    grpc.credentials.createInsecure(),
    { "grpc.max_receive_message_length": MAX_MESSAGE_BYTES },
  );
  const stop = async () => {
    client.close();
    child.kill();
    await exited;
  };
  let info: AnalyzerInfo;
  let rules: readonly RuleInfo[];
  try {
    info = await ask<AnalyzerInfo>((callback) =>
      client.getAnalyzerInfo(new Empty.Empty(), callback),
    );
    rules = readRules(info);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    rules,
    analyze: async (resources, { stackTags = {}, config = {} } = {}) => {
      await ask((callback) => client.configure(policyConfig(info, config), callback));
      const stack = new analyzerProto.AnalyzerStackConfigureRequest();
      for (const [key, value] of Object.entries(stackTags)) stack.getTagsMap().set(key, value);
      await ask((callback) => client.configureStack(stack, callback));
      const responses: AnalyzeResponse[] = [];
      for (const resource of resources) {
        const request = analyzeRequest(resource, resources);
        responses.push(await ask((callback) => client.analyze(request, callback)));
      }
      const request = stackRequest(resources);
      responses.push(await ask((callback) => client.analyzeStack(request, callback)));
      return readAnalysis(responses, resources);
    },
    stop,
  };
}

async function readPort(
  stdout: NodeJS.ReadableStream,
  exited: Promise<unknown>,
  complaint: () => string,
): Promise<string> {
  const lines = createInterface({ input: stdout });
  const abort = new AbortController();
  const timer = setTimeout(() => {
    abort.abort();
  }, STARTED_WITHIN_MS);
  try {
    const port = await Promise.race([
      once(lines, "line", { signal: abort.signal }).then(([line]) => String(line)),
      exited.then(() => undefined),
    ]);
    if (port !== undefined && /^\d+$/.test(port)) return port;
    throw new Error(`The policy pack did not start: ${complaint().trim() || String(port)}`);
  } catch (error) {
    if (!abort.signal.aborted) throw error;
    throw new Error(
      `The policy pack printed no port within ${String(STARTED_WITHIN_MS / 1_000)} s.`,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
    lines.close();
  }
}

type Callback<Response> = (error: Error | null, response: Response) => void;

function ask<Response>(call: (callback: Callback<Response>) => unknown): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => {
      if (error === null) resolve(response);
      else reject(error);
    });
  });
}
