import { createReadStream } from "node:fs";
import { mkdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { hostname } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { randomBytes, randomInt } from "node:crypto";
import { threadId } from "node:worker_threads";
import type { S3Client } from "@aws-sdk/client-s3";
import { CannotRunError } from "../cannot-run-error.ts";
import type { Workload } from "../workload-contract.ts";
import { FleetWorker } from "./fleet-worker.ts";
import { openFleetStack } from "./open-fleet-stack.ts";

/** More processes than any fleet has, so that each can draw its number. */
const numbers = 2 ** 20;
/** Nothing was sent for so long: the load is over, or pauses. */
const idleMs = 3_000;

export interface VirtualUsersOptions {
  readonly workload: Workload;
  /** File with the stack's outputs, or its export. */
  readonly outputs: URL;
  /** Where the stack's cloud listens, if its outputs do not say so. */
  readonly endpoint?: string;
  readonly seed: string;
  /** Of one process, about; says how many keys there are. */
  readonly writesPerSecond: number;
  /** Of a hundred turns, after how many a key is read. Default: 0.5. */
  readonly readShare?: number;
  readonly timeoutMs?: number;
  readonly sharedKeys?: number;
  /** Folder for the histories. Default: `OUTAGE_DRILL_HISTORIES`, else `histories`. */
  readonly histories?: string;
  /** `s3://BUCKET/PREFIX`, to which a history is copied once its load is over. */
  readonly upload?: string;
}

/** What an engine calls for each of its virtual users. */
export interface VirtualUsers {
  /** Sends one turn of writes, and waits until they have ended. Rejects when nothing can be sent any more. */
  send(): Promise<void>;
}

/**
 * The requests of `outage-drill load`, for an engine that decides when they are sent, such as Artillery's
 * functions. Each process of the engine, and each of its threads, writes a history.
 *
 * @example
 * export const { send } = virtualUsers({ workload, outputs, seed: "a1", writesPerSecond: 50 });
 */
export function virtualUsers(options: VirtualUsersOptions): VirtualUsers {
  let started: Promise<Started> | undefined;
  let idle: NodeJS.Timeout | undefined;
  let open = 0;
  return {
    async send() {
      started ??= start(options);
      const { worker, settle } = await started;
      clearTimeout(idle);
      open += 1;
      try {
        await worker.sendTurn(options.writesPerSecond, options.readShare ?? 0.5);
      } finally {
        open -= 1;
        clearTimeout(idle);
        if (open === 0)
          idle = setTimeout(() => {
            settle().catch((error: unknown) => {
              console.error(`The history could not be ended: ${String(error)}`);
            });
          }, idleMs);
      }
    },
  };
}

interface Started {
  readonly worker: FleetWorker;
  settle(): Promise<void>;
}

async function start(options: VirtualUsersOptions): Promise<Started> {
  const stack = await openFleetStack(fileURLToPath(options.outputs), options.endpoint);
  const folder = options.histories ?? process.env["OUTAGE_DRILL_HISTORIES"] ?? "histories";
  await mkdir(folder, { recursive: true });
  const name = `${hostname()}-${String(process.pid)}-${String(threadId)}-${randomBytes(3).toString("hex")}`;
  const history = join(folder, `${name}.jsonl`);
  const worker = await FleetWorker.start({
    ...{ stack, history, name },
    workload: options.workload,
    worker: randomInt(1, numbers),
    workers: numbers,
    seed: options.seed,
    timeoutMs: options.timeoutMs ?? 10_000,
    sharedKeys: options.sharedKeys ?? 0,
    writesPerSecond: options.writesPerSecond,
    signal: new AbortController().signal,
  });
  const { endpoint, outputs } = stack.target;
  return {
    worker,
    async settle() {
      await worker.settle();
      if (options.upload !== undefined)
        await upload(history, options.upload, { endpoint, region: outputs.region });
    },
  };
}

async function upload(
  file: string,
  address: string,
  { endpoint, region }: { readonly endpoint: string | undefined; readonly region: string },
): Promise<void> {
  const [, bucket, prefix = ""] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(address) ?? [];
  if (bucket === undefined)
    throw new CannotRunError(`${address} is no place in S3; give one such as s3://bucket/drill.`);
  const require = createRequire(import.meta.url);
  const { PutObjectCommand, S3Client: Client } = require("@aws-sdk/client-s3") as {
    readonly PutObjectCommand: new (input: object) => Parameters<S3Client["send"]>[0];
    readonly S3Client: new (config: object) => S3Client;
  };
  const client = new Client({
    region,
    ...(endpoint !== undefined && {
      endpoint,
      forcePathStyle: true,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    }),
  });
  try {
    const { size } = await stat(file);
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: [prefix.replace(/\/$/, ""), file.split("/").at(-1)].filter(Boolean).join("/"),
        Body: createReadStream(file, { end: size - 1 }),
        ContentLength: size,
      }),
    );
  } finally {
    client.destroy();
  }
}
