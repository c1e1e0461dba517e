import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { CannotRunError } from "../cannot-run-error.ts";

/** Lines that stand one after the other in a file. */
export interface Lines {
  /** Number of the first of them, from 1 on. */
  readonly from: number;
  readonly lines: readonly string[];
  /** Whether the last one has no end of line: whoever wrote it may have stopped in the middle. */
  readonly isCutOff?: boolean;
}

const chunkBytes = 1 << 20;
/** A longer line is no request. */
const longestLineBytes = 64 << 20;
const newline = 0x0a;

/**
 * The lines of a file, plain or compressed with gzip, about a megabyte at a time. A compressed file that
 * ends early gives what can be read of it.
 *
 * @throws CannotRunError when it cannot be read or is no UTF-8
 */
export async function* readLines(path: string): AsyncGenerator<Lines> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });
  let from = 1;
  let rest: Buffer[] = [];
  let restBytes = 0;
  const take = (bytes: Buffer): string[] => {
    try {
      const lines = decoder.decode(bytes).split("\n");
      return lines;
    } catch {
      throw new CannotRunError(
        `${path}, from line ${String(from)}: no UTF-8; a history is JSON, one request a line.`,
      );
    }
  };
  const stream = await openFile(path);
  try {
    for await (const data of stream) {
      const chunk = data as Buffer;
      const end = chunk.lastIndexOf(newline);
      if (end < 0) {
        rest.push(chunk);
        restBytes += chunk.length;
        if (restBytes > longestLineBytes)
          throw new CannotRunError(
            `${path}, line ${String(from)}: longer than ${String(longestLineBytes >> 20)} MB; a history is JSON, one request a line.`,
          );
        continue;
      }
      const lines = take(Buffer.concat([...rest, chunk.subarray(0, end)]));
      yield { from, lines };
      from += lines.length;
      rest = end + 1 < chunk.length ? [chunk.subarray(end + 1)] : [];
      restBytes = chunk.length - end - 1;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof CannotRunError) throw error;
    if (code !== "Z_BUF_ERROR")
      throw new CannotRunError(`Cannot read the history ${path} (${code ?? String(error)}).`);
    yield { from, lines: [rest.length > 0 ? lossy(rest) : ""], isCutOff: true };
    return;
  } finally {
    stream.destroy();
  }
  if (rest.length > 0) yield { from, lines: [lossy(rest)], isCutOff: true };
}

/** The end of a file may stand in the middle of a character. */
function lossy(bytes: readonly Buffer[]): string {
  return Buffer.concat(bytes).toString("utf8");
}

async function openFile(path: string): Promise<Readable> {
  let isCompressed: boolean;
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0);
      isCompressed = bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b;
    } finally {
      await file.close();
    }
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new CannotRunError(`Cannot read the history ${path} (${code}).`, { cause: error });
  }
  const bytes = createReadStream(path, { highWaterMark: chunkBytes });
  if (!isCompressed) return bytes;
  const plain = createGunzip({ chunkSize: chunkBytes });
  bytes.on("error", (error) => plain.destroy(error));
  plain.on("close", () => bytes.destroy());
  return bytes.pipe(plain);
}
