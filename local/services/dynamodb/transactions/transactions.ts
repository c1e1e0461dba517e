import { setImmediate as nextTurn } from "node:timers/promises";
import {
  type Database,
  databases,
  type Done,
  isDynaliteError,
  type Item,
  runAction,
  type TableDescription,
} from "../dynalite-parts.ts";
import type { RegionStreams } from "../streams/region-streams.ts";
import { IdempotentRequests } from "./idempotent-requests.ts";
import { findTable } from "./find-table.ts";
import { toAwsError } from "./to-aws-error.ts";
import { promised } from "./promised.ts";
import { invalid, operationOf, type TransactionAction } from "./transaction-actions.ts";
import {
  type CancellationReason,
  conflictReason,
  noReason,
  reasonOf,
  transactionCancelled,
} from "./transaction-cancelled.ts";
import { createTransactionView, type TransactionView } from "./transaction-view.ts";
import { validate } from "./validate.ts";

/** Bytes of all items of a transaction. Source: DynamoDB API, TransactWriteItems. */
const mostBytes = 4 * 1024 * 1024;

/** An action whose input is valid, and the item that it is about. */
interface PreparedAction {
  readonly action: TransactionAction;
  readonly input: Record<string, unknown>;
  readonly table: TableDescription;
  /** Key of its item in the table's store; absent where it has none that is valid. */
  readonly key: string | undefined;
  readonly reason: CancellationReason;
}

/** Outcome of one action: its output, or why it cancels the transaction. */
interface ActionOutcome {
  readonly output: Readonly<Record<string, unknown>>;
  readonly reason: CancellationReason;
}

/** The transactions of one region: all or nothing, and alone with their items while they last. */
export class Transactions {
  readonly requests = new IdempotentRequests();
  readonly #database: Database;
  readonly #streams: RegionStreams;
  /** Items that a writing transaction is about, as `table/key`. */
  readonly #ongoing = new Set<string>();

  constructor(database: Database, streams: RegionStreams) {
    this.#database = database;
    this.#streams = streams;
  }

  /** Carries out all actions, or throws a TransactionCanceledException and has done nothing. */
  write(actions: readonly TransactionAction[]): Promise<readonly object[]> {
    return this.#run(actions, async (view, outcomes) => {
      if (view.entries.length > 0)
        await promised((done: Done) => {
          this.#database.db.batch(view.entries, done);
        });
      for (const { tableName, before, after } of view.changes) {
        await nextTurn();
        this.#streams.changed(tableName, before, after);
      }
      return outcomes;
    });
  }

  /** Reads all items as they are at one moment. */
  read(actions: readonly TransactionAction[]): Promise<readonly object[]> {
    return this.#run(actions, (_view, outcomes) => Promise.resolve(outcomes));
  }

  async #run(
    actions: readonly TransactionAction[],
    commit: (view: TransactionView, outputs: readonly object[]) => Promise<readonly object[]>,
  ): Promise<readonly object[]> {
    const prepared: PreparedAction[] = [];
    for (const action of actions) {
      prepared.push(await this.#prepare(action));
      // Others have their turn between items, which may be large.
      await nextTurn();
    }
    const items = itemsOf(prepared);
    cancelIfAny(prepared.map(({ reason }) => reason));
    cancelIfAny(items.map((item) => (this.#ongoing.has(item) ? conflictReason : noReason)));
    const isWrite = actions.some(({ kind }) => kind !== "Get");
    if (isWrite) for (const item of items) this.#ongoing.add(item);
    try {
      return await this.#locked(prepared, async () => {
        const view = createTransactionView(this.#database);
        const outcomes: ActionOutcome[] = [];
        for (const each of prepared) {
          await nextTurn();
          outcomes.push(await carryOut(each, view));
        }
        cancelIfAny(outcomes.map(({ reason }) => reason));
        await checkSize(view, outcomes);
        return commit(
          view,
          outcomes.map(({ output }) => output),
        );
      });
    } finally {
      if (isWrite) for (const item of items) this.#ongoing.delete(item);
    }
  }

  async #prepare(action: TransactionAction): Promise<PreparedAction> {
    const operation = operationOf[action.kind];
    const input = validate(operation, { ...action.request }, this.#database);
    const table = await findTable(String(input["TableName"]), this.#database);
    const item = (input["Item"] ?? input["Key"]) as Item;
    const problem =
      action.kind === "Put"
        ? databases.validateItem(item, table)
        : databases.validateKey(item, table);
    const reason = problem && reasonOf(problem, undefined);
    const key = problem ? undefined : databases.createKey(item, table);
    return { action, input, table, key, reason: reason ?? noReason };
  }

  /** Runs with the keys of all items locked, taken in one order so that nobody waits in a circle. */
  async #locked<T>(prepared: readonly PreparedAction[], run: () => Promise<T>): Promise<T> {
    const order = prepared.toSorted((one, other) => (itemOf(one) < itemOf(other) ? -1 : 1));
    const releases: (() => void)[] = [];
    try {
      for (const { table, key = "" } of order)
        await new Promise<void>((resolve) => {
          this.#database.getItemDb(table.TableName).lock(key, (release) => {
            releases.push(release());
            resolve();
          });
        });
      return await run();
    } finally {
      for (const release of releases) release();
    }
  }
}

async function carryOut(
  { action, input, table, key = "" }: PreparedAction,
  { database }: TransactionView,
): Promise<ActionOutcome> {
  try {
    const output =
      action.kind === "ConditionCheck"
        ? await checkCondition(input, database, table, key)
        : await promised<object>((done) => {
            runAction(operationOf[action.kind], input, database, done);
          });
    return { output: { ...output }, reason: noReason };
  } catch (error) {
    if (!isDynaliteError(error)) throw error;
    const wantsItem = action.request["ReturnValuesOnConditionCheckFailure"] === "ALL_OLD";
    const item = wantsItem ? await readItem(database, table, key) : undefined;
    const reason = reasonOf(error, item);
    if (!reason) throw toAwsError(error);
    return { output: {}, reason };
  }
}

async function checkCondition(
  input: Record<string, unknown>,
  database: Database,
  table: TableDescription,
  key: string,
): Promise<object> {
  const problem = databases.checkConditional(input, await readItem(database, table, key));
  if (problem) throw problem;
  return {};
}

function readItem(
  database: Database,
  { TableName }: TableDescription,
  key: string,
): Promise<Item | undefined> {
  return new Promise((resolve) => {
    database.getItemDb(TableName).get(key, (_missing, item) => {
      resolve(item);
    });
  });
}

function itemOf({ table, key = "" }: PreparedAction): string {
  return `${table.TableName}/${key}`;
}

/** The items of a transaction, each of which may be there once. */
function itemsOf(prepared: readonly PreparedAction[]): readonly string[] {
  const items = prepared.map(itemOf);
  const valid = items.filter((_, index) => prepared[index]?.key !== undefined);
  if (new Set(valid).size < valid.length)
    throw invalid("Transaction request cannot include multiple operations on one item");
  return items;
}

function cancelIfAny(reasons: readonly CancellationReason[]): void {
  if (reasons.some(({ Code }) => Code !== "None")) throw transactionCancelled(reasons);
}

async function checkSize(
  { changes }: TransactionView,
  outcomes: readonly ActionOutcome[],
): Promise<void> {
  const written = changes.map(({ before, after }) => after ?? before);
  const read = outcomes.map(({ output }) => output["Item"] as Item | undefined);
  let bytes = 0;
  for (const item of [...written, ...read]) {
    if (!item) continue;
    bytes += databases.itemSize(item);
    if (bytes > mostBytes)
      throw invalid(
        "The aggregate size of the items in the transaction exceeds 4 MB; write fewer or smaller ones.",
      );
    await nextTurn();
  }
}
