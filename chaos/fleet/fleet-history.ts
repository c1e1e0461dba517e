import { CannotRunError } from "../cannot-run-error.ts";
import { effectsOf } from "../harness/effects.ts";
import type { Op } from "../harness/history.ts";
import { ExternalSort } from "./external-sort.ts";
import type { HistoryEntry, HistoryPart } from "./read-history.ts";
import { readHistory } from "./read-history.ts";

/** One request of a key, as the sorted histories have it. */
export interface KeyOp {
  readonly op: Op;
  /** Number of the history part that it is from: whose clock timed it. */
  readonly part: number;
  /** Whether the write has effects on other keys as well. */
  readonly isOneOfSeveral: boolean;
}

/** All requests of one key. */
export interface KeyGroup {
  readonly key: string;
  readonly ops: readonly KeyOp[];
}

export interface FleetHistoryOptions {
  /** Folder for the sorted histories. */
  readonly folder: string;
  readonly chunkCharacters?: number;
}

/** Histories of several processes, sorted by key on disk. */
export class FleetHistory implements AsyncDisposable {
  readonly parts: HistoryPart[] = [];
  /** Writes of which nobody knows the key. */
  unknownKeys = 0;
  #ordinals = 0;
  readonly #sort: ExternalSort;

  private constructor(sort: ExternalSort) {
    this.#sort = sort;
  }

  /**
   * @param onOp gets each request as it is read
   * @throws CannotRunError with the file, the line and what is wrong with it
   */
  static async read(
    files: readonly string[],
    options: FleetHistoryOptions,
    onOp: (op: Op) => void = () => undefined,
  ): Promise<FleetHistory> {
    const history = new FleetHistory(await ExternalSort.create(options));
    try {
      for (const file of files) await history.take(file, onOp);
      history.assertDistinct();
      if (history.#ordinals === 0)
        throw new CannotRunError(
          `${files.join(", ")}: no request; give the histories that outage-drill load, or a drill, has written.`,
        );
      return history;
    } catch (error) {
      await history[Symbol.asyncDispose]();
      throw diskError(error);
    }
  }

  get requests(): number {
    return this.#ordinals;
  }

  /** Every key with its requests, in the same order each time; one key at a time is in memory. */
  *groups(): Generator<KeyGroup> {
    let key: string | undefined;
    let ops: KeyOp[] = [];
    try {
      for (const record of this.#sort.sorted()) {
        const [quoted, keyOp] = this.toKeyOp(record);
        if (quoted !== key) {
          if (key !== undefined) yield { key: JSON.parse(key) as string, ops };
          key = quoted;
          ops = [];
        }
        ops.push(keyOp);
      }
    } catch (error) {
      throw diskError(error);
    }
    if (key !== undefined) yield { key: JSON.parse(key) as string, ops };
  }

  /** What a part is called: its worker, or else its file. */
  nameOf({ worker, file }: HistoryPart): string {
    return worker?.worker ?? file;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sort[Symbol.asyncDispose]();
  }

  private async take(file: string, onOp: (op: Op) => void): Promise<void> {
    const first = this.parts.length;
    const numbers = new Map<HistoryPart, number>();
    const parts = await readHistory(file, ({ part, text, op }: HistoryEntry) => {
      let number = numbers.get(part);
      if (number === undefined) numbers.set(part, (number = first + numbers.size));
      onOp(op);
      this.addToSort(op, number, text);
    });
    // A part without a request has no number that anything refers to.
    const used = [...numbers.keys()];
    this.parts.push(...used, ...parts.filter((part) => !numbers.has(part)));
  }

  private addToSort(op: Op, part: number, text: string): void {
    const ordinal = this.#ordinals++;
    const isKeyUnknown = op.kind === "write" && effectsOf(op).length === 0;
    if (isKeyUnknown) this.unknownKeys += 1;
    const keys = op.kind === "read" ? [op.key] : new Set(effectsOf(op).map(({ key }) => key));
    for (const key of keys)
      this.#sort.add(`${JSON.stringify(key)}\t${String(ordinal)}\t${String(part)}\t${text}`);
  }

  private toKeyOp(record: string): [quotedKey: string, op: KeyOp] {
    const first = record.indexOf("\t");
    const second = record.indexOf("\t", first + 1);
    const third = record.indexOf("\t", second + 1);
    const quoted = record.slice(0, first);
    const number = Number(record.slice(second + 1, third));
    const line = JSON.parse(record.slice(third + 1)) as Partial<Op> & Omit<Op, "index">;
    const part = this.parts[number] as HistoryPart;
    const { effects } = line;
    const own = effects?.filter((effect) => JSON.stringify(effect.key) === quoted);
    return [
      quoted,
      {
        op: {
          ...line,
          index: Number(record.slice(first + 1, second)),
          intendedMs: line.intendedMs ?? line.invokeMs,
          phase: line.phase ?? "before",
          process: line.process ?? 0,
          worker: this.nameOf(part),
          key: JSON.parse(quoted) as string,
          ...(own && { effects: own }),
        },
        part: number,
        isOneOfSeveral: effects !== undefined && (own?.length ?? 0) < effects.length,
      },
    ];
  }

  /** Requests that are counted twice would be anomalies of nobody. */
  private assertDistinct(): void {
    const files = new Map<string, string>();
    for (const { worker, file } of this.parts) {
      if (!worker) continue;
      const other = files.get(worker.id);
      if (other !== undefined)
        throw new CannotRunError(
          `${other === file ? `${file} holds the history of worker ${worker.worker} twice` : `${other} and ${file} both hold the history of one worker, ${worker.worker}`}: give each history once.`,
        );
      files.set(worker.id, file);
    }
  }
}

function diskError(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "ENOSPC" && code !== "EACCES" && code !== "EROFS") return error;
  return new CannotRunError(
    `Cannot sort the histories on disk (${code}): sorting needs about as much room as they take; say where there is room with --temporary DIR.`,
    { cause: error },
  );
}
