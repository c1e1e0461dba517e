import type { z } from "zod";
import type { FaultStore } from "../faults/fault-store.ts";
import { ruleKey } from "../faults/rule-key.ts";
import type { FaultRule } from "../faults/rule.ts";
import { describeIssue } from "../wire/describe-issue.ts";
import type { HttpAnswer, HttpRequest } from "../wire/http.ts";
import {
  chaosFaultRules,
  mostRules,
  networkEffects,
  toFaultRule,
  toNetworkRule,
} from "../faults/chaos-schema.ts";

const faultsOwner = "chaos-faults";
const effectsOwner = "chaos-effects";

type Method = (request: HttpRequest, store: FaultStore) => unknown;

/** Faults in a list that is replaced, added to and taken from; effects in an object that is set. */
const resources: Record<string, Record<string, Method>> = {
  "/_localstack/chaos/faults": {
    GET: (_, store) => listFaults(store),
    POST: (request, store) => {
      store.replace(faultsOwner, read(request, chaosFaultRules, "rules").map(toFaultRule));
      return listFaults(store);
    },
    PATCH: (request, store) => {
      const added = read(request, chaosFaultRules, "rules").map(toFaultRule);
      const rules = [...store.rulesOf(faultsOwner), ...added];
      if (rules.length > mostRules)
        throw new InvalidInputError(
          `There would be ${String(rules.length)} rules; ${String(mostRules)} is the most.`,
        );
      store.replace(faultsOwner, rules);
      return listFaults(store);
    },
    DELETE: (request, store) => {
      const removed = new Set(read(request, chaosFaultRules, "rules").map(ruleKey));
      const rest = store.rulesOf(faultsOwner).filter((rule) => !removed.has(ruleKey(posted(rule))));
      store.replace(faultsOwner, rest);
      return listFaults(store);
    },
  },
  "/_localstack/chaos/effects": {
    GET: (_, store) => readEffects(store),
    POST: (request, store) => {
      const { latency } = read(request, networkEffects);
      store.replace(effectsOwner, latency > 0 ? [toNetworkRule(latency)] : []);
      return readEffects(store);
    },
  },
};

/**
 * LocalStack's Chaos API: `/_localstack/chaos/faults` and `/_localstack/chaos/effects`. `undefined`
 * for any other path. An input that is not valid is answered with 400 and changes nothing.
 * Source: LocalStack documentation and OpenAPI description of the Chaos API, 2026.
 */
export function handleChaosApi(
  request: HttpRequest,
  { store }: { store: FaultStore },
): HttpAnswer | undefined {
  const path = request.path.replace(/\/$/, "");
  const methods = Object.hasOwn(resources, path) ? resources[path] : undefined;
  if (!methods) return undefined;
  const run = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
  if (!run) {
    const allow = Object.keys(methods).join(", ");
    const message = `${path} takes ${allow}, not ${request.method}.`;
    return { ...answer(405, { message }), headers: { ...json, allow } };
  }
  try {
    return answer(200, run(request, store));
  } catch (error) {
    if (error instanceof InvalidInputError) return answer(400, { message: error.message });
    throw error;
  }
}

class InvalidInputError extends Error {}

function read<T>(request: HttpRequest, schema: z.ZodType<T>, name?: string): T {
  let body: unknown;
  try {
    body = JSON.parse(request.body.toString("utf8"));
  } catch {
    throw new InvalidInputError("The request body is not valid JSON.");
  }
  const result = schema.safeParse(body, { reportInput: true });
  if (!result.success) throw new InvalidInputError(describeIssue(result.error, name));
  return result.data;
}

function posted({ owner }: FaultRule): unknown {
  return owner.kind === "chaos-faults" ? owner.rule : undefined;
}

function listFaults(store: FaultStore): unknown[] {
  return store.rulesOf(faultsOwner).map(posted);
}

function readEffects(store: FaultStore): { latency: number } {
  return { latency: store.rulesOf(effectsOwner)[0]?.effect.delay?.delayMs ?? 0 };
}

const json = { "content-type": "application/json" };

function answer(status: number, body: unknown): HttpAnswer {
  return { status, headers: json, body: JSON.stringify(body) };
}
