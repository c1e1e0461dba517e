import { AwsError } from "../../../wire/aws-error.ts";
import type { EventsOperations } from "../events-context.ts";
import { invalid, structuresOf, textsOf } from "../events-input.ts";
import { pageOf } from "../page.ts";
import { readTarget } from "../read-target.ts";
import { ruleOf } from "./rule-operations.ts";

/** Source: EventBridge quotas, "Targets per rule". */
const maxTargets = 5;

/** Source: EventBridge API 2015-10-07. */
export const targetOperations: EventsOperations = {
  PutTargets(input, context, call) {
    const rule = ruleOf(input, context, call, "Rule");
    const targets = structuresOf(input, "Targets", 100).map((each) => readTarget(each, call));
    const ids = new Set([...rule.targets.keys(), ...targets.map(({ id }) => id)]);
    if (ids.size > maxTargets)
      throw new AwsError(
        "LimitExceededException",
        "The requested resource exceeds the maximum number allowed.",
      );
    for (const target of targets) rule.targets.set(target.id, target);
    return { FailedEntryCount: 0, FailedEntries: [] };
  },

  ListTargetsByRule(input, context, call) {
    const rule = ruleOf(input, context, call, "Rule");
    const { items, next } = pageOf(input, [...rule.targets.values()], ({ id }) => id);
    return { Targets: items.map(({ given }) => given), ...next };
  },

  RemoveTargets(input, context, call) {
    const rule = ruleOf(input, context, call, "Rule");
    const ids = textsOf(input, "Ids") ?? [];
    if (ids.length < 1 || ids.length > 100) throw invalid("Ids must have 1 to 100 ids of targets.");
    const missing = ids.filter((id) => !rule.targets.delete(id));
    return {
      FailedEntryCount: missing.length,
      FailedEntries: missing.map((TargetId) => ({
        TargetId,
        ErrorCode: "ResourceNotFoundException",
        ErrorMessage: `Rule ${rule.name} does not have target ${TargetId}.`,
      })),
    };
  },
};
