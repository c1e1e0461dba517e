import { closeSync, openSync, readSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";

export interface ExternalSortOptions {
  /** Folder for the sorted runs; about as large as all records. */
  readonly folder: string;
  /** So many characters are sorted at a time in memory. Default: 64 Mi. */
  readonly chunkCharacters?: number;
  /** The most runs that are merged at a time. Default: 128. */
  readonly fanIn?: number;
}

const blockBytes = 1 << 18;

/**
 * Sorts more texts than fit into memory: chunks are sorted and written to files, which are merged while
 * they are read. Texts are compared by their UTF-16 code units and hold no end of line. Source of the
 * method: Knuth, The Art of Computer Programming, volume 3, section 5.4.
 */
export class ExternalSort implements AsyncDisposable {
  readonly #chunkCharacters: number;
  readonly #fanIn: number;
  readonly #directory: string;
  #runs: string[] = [];
  #chunk: string[] = [];
  #characters = 0;
  #written = 0;

  private constructor(directory: string, options: ExternalSortOptions) {
    this.#directory = directory;
    this.#chunkCharacters = options.chunkCharacters ?? 64 << 20;
    this.#fanIn = Math.max(2, options.fanIn ?? 128);
  }

  /** @throws an error of the file system, such as ENOSPC, as `add` does */
  static async create(options: ExternalSortOptions): Promise<ExternalSort> {
    return new ExternalSort(await mkdtemp(join(options.folder, "outage-drill-sort-")), options);
  }

  add(text: string): void {
    this.#chunk.push(text);
    this.#characters += text.length;
    if (this.#characters >= this.#chunkCharacters) this.spill();
  }

  /** All texts in order; may be called again, once the texts of the last call have been read. */
  *sorted(): Generator<string> {
    if (this.#runs.length === 0) {
      this.#chunk.sort();
      yield* this.#chunk;
      return;
    }
    this.spill();
    while (this.#runs.length > this.#fanIn) {
      const merged = this.#runs.slice(0, this.#fanIn);
      const run = this.writeRun(merge(merged));
      this.#runs = [...this.#runs.slice(this.#fanIn), run];
    }
    yield* merge(this.#runs);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#chunk = [];
    await rm(this.#directory, { recursive: true, force: true });
  }

  private spill(): void {
    if (this.#chunk.length === 0) return;
    this.#chunk.sort();
    this.#runs.push(this.writeRun(this.#chunk));
    this.#chunk = [];
    this.#characters = 0;
  }

  private writeRun(texts: Iterable<string>): string {
    const path = join(this.#directory, `${String(this.#written++)}.run`);
    const file = openSync(path, "wx");
    try {
      let block: string[] = [];
      let characters = 0;
      const flush = () => {
        writeAll(file, Buffer.from(block.join("")));
        block = [];
        characters = 0;
      };
      for (const text of texts) {
        block.push(text, "\n");
        characters += text.length;
        if (characters >= blockBytes) flush();
      }
      flush();
    } finally {
      closeSync(file);
    }
    return path;
  }
}

function writeAll(file: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
}

/** Merges sorted runs by a heap of their next texts. */
function* merge(paths: readonly string[]): Generator<string> {
  const readers = paths.map((path) => new RunReader(path));
  try {
    const heap = readers.filter((reader) => reader.next !== undefined);
    heap.sort((a, b) => (isBefore(a, b) ? -1 : 1));
    for (;;) {
      const [first] = heap;
      if (first?.next === undefined) return;
      yield first.next;
      first.advance();
      if (first.next === undefined) {
        const last = heap.pop();
        if (last === undefined || last === first) continue;
        heap[0] = last;
      }
      sink(heap);
    }
  } finally {
    for (const reader of readers) reader.close();
  }
}

/** Moves the first reader down until none below it comes before it. */
function sink(heap: RunReader[]): void {
  for (let at = 0; ;) {
    let least = at;
    for (const child of [2 * at + 1, 2 * at + 2]) {
      const [a, b] = [heap[child], heap[least]];
      if (a && b && isBefore(a, b)) least = child;
    }
    if (least === at) return;
    [heap[at], heap[least]] = [heap[least] as RunReader, heap[at] as RunReader];
    at = least;
  }
}

function isBefore(a: RunReader, b: RunReader): boolean {
  return (a.next as string) < (b.next as string);
}

/** Reads a run line by line. */
class RunReader {
  next: string | undefined;
  readonly #file: number;
  #lines: string[] = [];
  #at = 0;
  #rest = Buffer.alloc(0);
  #isOpen = true;

  constructor(path: string) {
    this.#file = openSync(path, "r");
    this.advance();
  }

  advance(): void {
    while (this.#at >= this.#lines.length && this.fill());
    this.next = this.#lines[this.#at++];
  }

  close(): void {
    if (this.#isOpen) closeSync(this.#file);
    this.#isOpen = false;
  }

  private fill(): boolean {
    this.#lines = [];
    this.#at = 0;
    const block = Buffer.allocUnsafe(blockBytes);
    const bytes = readSync(this.#file, block, 0, blockBytes, null);
    if (bytes === 0) return false;
    const data = Buffer.concat([this.#rest, block.subarray(0, bytes)]);
    const end = data.lastIndexOf(0x0a);
    this.#rest = Buffer.from(data.subarray(end + 1));
    if (end >= 0) this.#lines = data.toString("utf8", 0, end).split("\n");
    return true;
  }
}
