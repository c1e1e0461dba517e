import { createRequire } from "node:module";
import { checkValues } from "./attribute-values.ts";

/** An attribute value as it travels, such as `{ S: "text" }`. */
export type AttributeValue = Readonly<Record<string, unknown>>;
export type Item = Readonly<Record<string, AttributeValue>>;

export type Done<T = void> = (error: Error | null, value?: T) => void;

/** The items of a table, or the entries of an index, by key. */
export interface ItemDb {
  get(key: string, done: Done<Item>): void;
  put(key: string, item: Item, done: Done): void;
  del(key: string, done: Done): void;
  /** Runs `run` once nobody else holds the key; what `release` wraps ends that. */
  lock(key: string, run: (release: Release) => void): void;
}

export type Release = <A extends readonly unknown[]>(
  done?: (...args: A) => void,
) => (...args: A) => void;

/** A table's description, as dynalite keeps it. */
export interface TableDescription {
  readonly TableName: string;
  readonly KeySchema: readonly { readonly AttributeName: string }[];
}

export interface BatchEntry {
  readonly type: "put" | "del";
  readonly key: string;
  /** An item as JSON. */
  readonly value?: string;
  readonly valueEncoding?: "utf8";
}

/** dynalite's store: the tables of one region. */
export interface Database {
  readonly db: { batch(entries: readonly BatchEntry[], done: Done): void };
  /** With `isActive` a table that is being created or deleted is not found either. */
  getTable(name: string, isActive: boolean, done: Done<TableDescription>): void;
  getItemDb(table: string): ItemDb;
  getIndexDb(type: string, table: string, index: string): ItemDb;
}

/** What dynalite calls back with, or throws, for an answer that is an error. */
export interface DynaliteError extends Error {
  readonly statusCode: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export function isDynaliteError(error: unknown): error is DynaliteError {
  return error instanceof Error && "statusCode" in error && "body" in error;
}

type Input = Record<string, unknown>;
type Action = (database: Database, input: Input, done: Done<object>) => void;

interface Validation {
  readonly types: Readonly<Record<string, { readonly type?: string; readonly children?: unknown }>>;
  readonly custom?: (input: Input, database: Database) => string | undefined;
}

interface Validations {
  checkTypes(input: Input, types: object): Input;
  checkValidations(
    input: Input,
    types: object,
    custom: Validation["custom"],
    database: Database,
  ): void;
}

interface Databases {
  create(options: object): Database;
  validateItem(item: Item, table: TableDescription): DynaliteError | undefined;
  validateKey(key: Item, table: TableDescription): DynaliteError | undefined;
  createKey(item: Item, table: TableDescription): string;
  checkConditional(input: Input, item: Item | undefined): DynaliteError | null | undefined;
  itemSize(item: Item): number;
}

const require = createRequire(import.meta.url);
export const databases = require("dynalite/db") as Databases;
const validations = require("dynalite/validations") as Validations;

const actions = new Map<string, Action>();
const rules = new Map<string, Validation>();

function lowerFirst(operation: string): string {
  return `${operation.charAt(0).toLowerCase()}${operation.slice(1)}`;
}

function load<T>(known: Map<string, T>, folder: string, operation: string): T {
  const found =
    known.get(operation) ?? (require(`dynalite/${folder}/${lowerFirst(operation)}`) as T);
  known.set(operation, found);
  return found;
}

/**
 * An input as dynalite's actions take it. Members that it does not know are dropped, also from
 * `input`. Throws a DynaliteError for one that DynamoDB refuses.
 */
export function validateInput(operation: string, input: Input, database: Database): Input {
  const { types, custom } = load(rules, "validations", operation);
  const values = takeValues(input, types);
  const valid = validations.checkTypes(input, types);
  for (const [member, given] of values)
    valid[member] = checkValues(given, (value) => checkSlowly(value, member, types));
  validations.checkValidations(valid, types, custom, database);
  return valid;
}

/** Takes the maps of attribute values out of an input; leaves empty ones in their place. */
function takeValues(
  input: Input,
  types: Validation["types"],
): [member: string, values: Record<string, unknown>][] {
  const taken: [string, Record<string, unknown>][] = [];
  for (const [member, value] of Object.entries(input)) {
    if (types[member]?.type !== "Map<AttributeValue>") continue;
    if (typeof value !== "object" || value === null || Array.isArray(value)) continue;
    taken.push([member, value as Record<string, unknown>]);
    input[member] = {};
  }
  return taken;
}

function checkSlowly(value: unknown, member: string, types: Validation["types"]): unknown {
  const checked = validations.checkTypes({ [member]: { value } }, types);
  return (checked[member] as Record<string, unknown>)["value"];
}

/** Carries out an operation whose input is valid. */
export function runAction(
  operation: string,
  input: Input,
  database: Database,
  done: Done<object>,
): void {
  load(actions, "actions", operation)(database, input, done);
}
