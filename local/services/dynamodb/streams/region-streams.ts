import type { Log } from "../../../log.ts";
import { AwsError } from "../../../wire/aws-error.ts";
import { readArn } from "../../../wire/arn.ts";
import type { Database, Item, TableDescription } from "../dynalite-parts.ts";
import { type StreamViewType, streamViewTypes, TableStream } from "./table-stream.ts";
import { watchItems } from "./watch-items.ts";

/** Streams that have ended are kept for their readers; no more than anyone looks at. */
const mostEnded = 100;

interface WatchedTable {
  readonly stream: TableStream;
  /** Keys whose deletion under way is the work of their time to live. */
  readonly expiring: Set<string>;
  readonly watch: { stop(): void };
}

/** The streams of the tables of one region. */
export class RegionStreams {
  readonly #database: Database;
  readonly #log: Log;
  readonly #latest = new Map<string, TableStream>();
  readonly #watched = new Map<string, WatchedTable>();
  readonly #all = new Map<string, TableStream>();

  constructor(database: Database, log: Log) {
    this.#database = database;
    this.#log = log;
  }

  /**
   * Starts or ends a table's stream, as a StreamSpecification says. Throws a ValidationException
   * where it says nothing that can be done.
   */
  apply(specification: unknown, table: TableDescription & { readonly TableArn: string }): void {
    const { TableName } = table;
    const viewType = this.check(specification, TableName);
    if (viewType === undefined) this.#end(TableName);
    else this.#start(viewType, table);
  }

  /** The view that a specification asks for; `undefined` where it ends the stream. Throws like `apply`. */
  check(specification: unknown, tableName: string): StreamViewType | undefined {
    return readSpecification(specification, this.isEnabled(tableName), tableName);
  }

  isEnabled(tableName: string): boolean {
    return this.#watched.has(tableName);
  }

  /** The table goes, and its stream ends. */
  tableDeleted(tableName: string): void {
    this.#end(tableName);
    this.#latest.delete(tableName);
  }

  /** What DescribeTable says of a table's stream. */
  describe(tableName: string): object {
    const stream = this.#latest.get(tableName);
    if (!stream) return {};
    return {
      ...(stream.isEnabled && {
        StreamSpecification: { StreamEnabled: true, StreamViewType: stream.args.viewType },
      }),
      LatestStreamArn: stream.arn,
      LatestStreamLabel: stream.label,
    };
  }

  find(arn: string): TableStream | undefined {
    return this.#all.get(arn);
  }

  list(): TableStream[] {
    this.#forget();
    return [...this.#all.values()];
  }

  /** Takes the change of an item that did not pass the table's own store. */
  changed(tableName: string, before: Item | undefined, after: Item | undefined): void {
    const watched = this.#watched.get(tableName);
    if (!watched) return;
    const source = after ?? before ?? {};
    const isExpiry =
      watched.expiring.size > 0 &&
      watched.expiring.has(keyText(watched.stream.args.keys.map((key) => source[key])));
    watched.stream.append({ before, after, isExpiry });
  }

  /** Has the deletion of an item, while `run` runs, be the work of its time to live. */
  async asExpiry<T>(tableName: string, key: Item, run: () => Promise<T>): Promise<T> {
    const watched = this.#watched.get(tableName);
    if (!watched) return run();
    const text = keyText(watched.stream.args.keys.map((name) => key[name]));
    watched.expiring.add(text);
    try {
      return await run();
    } finally {
      watched.expiring.delete(text);
    }
  }

  #start(
    viewType: StreamViewType,
    { TableName, TableArn, KeySchema }: TableDescription & { readonly TableArn: string },
  ): void {
    let createdMs = Date.now();
    // A label is a time, and no two streams of a table have the same.
    while (
      this.list().some(
        (each) => each.args.tableArn === TableArn && each.args.createdMs === createdMs,
      )
    )
      createdMs += 1;
    const stream = new TableStream({
      tableName: TableName,
      tableArn: TableArn,
      region: readArn(TableArn).region,
      keys: KeySchema.map(({ AttributeName }) => AttributeName),
      viewType,
      createdMs,
      onDropped: ({ arn }, records) => {
        this.#log({ event: "stream-records-dropped", stream: arn, records });
      },
    });
    this.#latest.set(TableName, stream);
    this.#all.set(stream.arn, stream);
    const watch = watchItems(this.#database.getItemDb(TableName), (before, after) => {
      this.changed(TableName, before, after);
    });
    this.#watched.set(TableName, { stream, expiring: new Set(), watch });
  }

  #end(tableName: string): void {
    const watched = this.#watched.get(tableName);
    this.#watched.delete(tableName);
    watched?.watch.stop();
    watched?.stream.disable();
  }

  #forget(): void {
    const ended = [...this.#all.values()].filter(({ isEnabled }) => !isEnabled);
    for (const [index, stream] of ended.entries())
      if (stream.isOver || index < ended.length - mostEnded) this.#all.delete(stream.arn);
  }
}

function keyText(values: readonly unknown[]): string {
  return JSON.stringify(values);
}

function readSpecification(
  specification: unknown,
  isEnabled: boolean,
  tableName: string,
): StreamViewType | undefined {
  const given = (specification ?? {}) as Record<string, unknown>;
  const viewType = streamViewTypes.find((each) => each === given["StreamViewType"]);
  if (typeof given["StreamEnabled"] !== "boolean")
    throw invalid("StreamSpecification.StreamEnabled must be true or false.");
  if (!given["StreamEnabled"]) {
    if (given["StreamViewType"] !== undefined)
      throw invalid(
        "One or more parameter values were invalid: StreamViewType can only be given where StreamEnabled is true.",
      );
    if (!isEnabled)
      throw invalid(`Table has no enabled stream to disable: TableName: ${tableName}`);
    return undefined;
  }
  if (viewType === undefined)
    throw invalid(
      `One or more parameter values were invalid: StreamViewType must be one of ${streamViewTypes.join(", ")} where StreamEnabled is true.`,
    );
  if (isEnabled) throw invalid(`Table already has an enabled stream: TableName: ${tableName}`);
  return viewType;
}

function invalid(message: string): AwsError {
  return new AwsError("ValidationException", message);
}
