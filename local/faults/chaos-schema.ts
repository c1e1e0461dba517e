import { z } from "zod";
import { ruleKey } from "./rule-key.ts";
import type { FaultRule } from "./rule.ts";
import { toSigningName } from "./service-name.ts";

const faultMessage = "Operation failed due to a simulated fault";

/** A rule as it is posted. Defaults are not filled in, so that it is answered as it came. */
const chaosFaultRule = z.strictObject({
  region: z
    .string()
    .regex(/^[a-zA-Z0-9-]+$/)
    .optional(),
  service: z
    .string()
    .regex(/^[a-zA-Z0-9-_]+$/)
    .optional(),
  operation: z
    .string()
    .regex(/^[a-zA-Z]+$/)
    .optional(),
  probability: z.number().min(0).max(1).optional(),
  error: z
    .strictObject({
      statusCode: z.int().min(400).max(599).optional(),
      code: z
        .string()
        .regex(/^[a-zA-Z0-9]+$/)
        .optional(),
    })
    .optional(),
  description: z.string().max(8192).optional(),
});

export type ChaosFaultRule = z.infer<typeof chaosFaultRule>;

/** Most rules of one list: each call is held against all of them. */
export const mostRules = 10_000;

/** Body of `/_localstack/chaos/faults`. */
export const chaosFaultRules = z.array(chaosFaultRule).check(({ value, issues }) => {
  if (value.length > mostRules) {
    const message = `there are ${String(value.length)} of them; ${String(mostRules)} is the most`;
    issues.push({ code: "custom", input: value, message });
    return;
  }
  const keys = new Set<string>();
  const index = value.findIndex((rule) => keys.size === keys.add(ruleKey(rule)).size);
  if (index >= 0)
    issues.push({
      code: "custom",
      input: value,
      path: [index],
      message: "is there more than once; rules of a list must differ",
    });
});

/** Body of `/_localstack/chaos/effects`; the latency is in milliseconds. */
export const networkEffects = z.strictObject({ latency: z.int().min(0) });

/** What a posted rule does to calls, with the defaults filled in. */
export function toFaultRule(rule: ChaosFaultRule): FaultRule {
  return {
    owner: { kind: "chaos-faults", rule },
    match: {
      ...(rule.region !== undefined && { region: rule.region }),
      ...(rule.service !== undefined && { service: toSigningName(rule.service) }),
      ...(rule.operation !== undefined && { operations: [rule.operation] }),
    },
    probability: rule.probability ?? 1,
    effect: {
      error: {
        status: rule.error?.statusCode ?? 503,
        code: rule.error?.code ?? "ServiceUnavailable",
        message: faultMessage,
      },
    },
  };
}

/** A latency for every call of every service. */
export function toNetworkRule(delayMs: number): FaultRule {
  return {
    owner: { kind: "chaos-effects" },
    match: {},
    probability: 1,
    effect: { delay: { delayMs } },
  };
}
