import type { Effect, Found } from "../../workload-contract.ts";
import type { CheckInput } from "../check-input.ts";
import { effectsOf, modelOf, toText } from "../effects.ts";
import type { Model } from "../effects.ts";
import type { Op } from "../history.ts";
import { isIn } from "../stores.ts";
import type { KeyRecord, KeySight, KeyWrite } from "./key-record.ts";
import type { RunInput } from "./run-input.ts";

/** One store's part of a run, as each model judges it. */
export interface StorePart {
  readonly store: string;
  readonly registers: CheckInput;
  readonly counters: readonly KeyRecord[];
  readonly lists: readonly KeyRecord[];
}

/**
 * The parts of a run, one for each store. What is read through the application counts for the first
 * store that has effects of the key.
 *
 * @throws TypeError when the effects on a key are of several models
 */
export function splitByStore(input: RunInput): StorePart[] {
  const models = modelsOf(input.history);
  const stores = [...new Set(input.looks.flatMap(({ stores: each }) => Object.keys(each)))];
  const readIn = new Map<string, string>();
  for (const store of stores)
    for (const op of input.history)
      for (const effect of effectsOf(op))
        if (isIn(effect, store) && !readIn.has(effect.key)) readIn.set(effect.key, store);
  return stores.map((store) => {
    const byKey = new Map<string, Op[]>();
    for (const op of input.history)
      for (const part of partsOf(op, store, (key) => (readIn.get(key) ?? stores[0]) === store)) {
        const ops = byKey.get(part.key);
        if (ops) ops.push(part);
        else byKey.set(part.key, [part]);
      }
    const of = (model: Model) => [...byKey].filter(([key]) => models.get(key) === model);
    const records = (model: Model) =>
      of(model).map(([key, ops]) => recordOf(input, store, { key, ops }));
    const isRegister = (key: string) => (models.get(key) ?? "register") === "register";
    const registerOps = [...byKey].flatMap(([key, ops]) => (isRegister(key) ? ops : []));
    return {
      store,
      registers: registersOf(input, store, { ops: registerOps, isRegister }),
      counters: records("counter"),
      lists: records("list"),
    };
  });
}

function modelsOf(history: readonly Op[]): ReadonlyMap<string, Model> {
  const models = new Map<string, Model>();
  for (const op of history)
    for (const effect of effectsOf(op)) {
      const model = modelOf(effect);
      const other = models.get(effect.key);
      if (other !== undefined && other !== model)
        throw new TypeError(
          `The effects on ${effect.key} are of a ${other} and of a ${model}; a key is one of them.`,
        );
      models.set(effect.key, model);
    }
  return models;
}

/** A write once for each of its keys; a read as it is. */
function partsOf(op: Op, store: string, isReadHere: (key: string) => boolean): Op[] {
  if (op.kind === "read") return isReadHere(op.key) ? [op] : [];
  if (!op.effects) return op.value === undefined ? [] : [op];
  return op.effects
    .filter((effect) => isIn(effect, store))
    .map((effect) => {
      const { value, effects, ...rest } = op;
      void [value, effects];
      return {
        ...rest,
        key: effect.key,
        ...("put" in effect ? { value: effect.put } : {}),
        ...(modelOf(effect) !== "register" && { effects: [effect] }),
      };
    });
}

function registersOf(
  input: RunInput,
  store: string,
  { ops, isRegister }: { readonly ops: Op[]; readonly isRegister: (key: string) => boolean },
): CheckInput {
  const { history, initial, looks, givenUp, ordered, ...rest } = input;
  void [history, ordered];
  const texts = (found: ReadonlyMap<string, Found> | undefined) =>
    new Map(
      [...(found ?? [])].flatMap(([key, value]): [string, string][] => {
        const text = toText(value);
        return text === undefined || !isRegister(key) ? [] : [[key, text]];
      }),
    );
  return {
    ...rest,
    history: ops.map((op) => withText(op)).sort((a, b) => a.index - b.index),
    initialTable: texts(initial[store]),
    looks: looks.map(({ startMs, endMs, stores }) => ({
      startMs,
      endMs,
      table: texts(stores[store]),
    })),
    deadLetters: givenUp.flatMap((effect) =>
      "put" in effect && isIn(effect, store) ? [{ key: effect.key, value: effect.put }] : [],
    ),
  };
}

/** A number or a list that is read of a register is compared as a text. */
function withText(op: Op): Op {
  if (op.found === undefined) return op;
  const text = toText(op.found);
  return text === undefined ? op : { ...op, value: text };
}

function recordOf(
  { initial, looks, givenUp, drained, ordered = false, clockErrorMs = 0 }: RunInput,
  store: string,
  { key, ops }: { readonly key: string; readonly ops: readonly Op[] },
): KeyRecord {
  const writes: KeyWrite[] = [];
  const sights: KeySight[] = [];
  for (const op of ops) {
    const times = { sentMs: op.invokeMs - clockErrorMs, answeredMs: op.endMs + clockErrorMs };
    if (op.kind === "read") {
      if (op.type === "ok") sights.push({ found: op.found ?? op.value, ...times, op });
      else if (op.type === "fail" && op.status === 404)
        sights.push({ found: undefined, ...times, op });
    } else if (op.type !== "fail") writes.push({ op, effect: op.effects?.[0] as Effect, ...times });
  }
  looks.forEach(({ startMs, endMs, stores }, look) => {
    sights.push({ found: stores[store]?.get(key), sentMs: startMs, answeredMs: endMs, look });
  });
  return {
    key,
    store,
    initial: initial[store]?.get(key),
    writes: writes.sort((a, b) => a.sentMs - b.sentMs),
    sights: sights.sort((a, b) => a.answeredMs - b.answeredMs),
    givenUp: givenUp.filter((effect) => effect.key === key && isIn(effect, store)),
    drained,
    ordered,
  };
}
