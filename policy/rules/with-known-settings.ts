import type { ResourceRule, StackRule } from "./rule.ts";

type Rule = ResourceRule | StackRule;

/**
 * @returns a rule that also refuses a setting that it does not have, which would otherwise leave the
 * default in force unseen. The engine checks the values of known settings against their schemas, and
 * knows no additionalProperties: of a rule's schema it takes `properties` and `required` alone.
 */
export function withKnownSettings(rule: Rule): Rule {
  const known = Object.keys(rule.configSchema?.properties ?? {});
  const validateStack: StackRule["validateStack"] = async (args, report) => {
    const unknown = Object.keys(args.getConfig()).filter((name) => !known.includes(name));
    if (unknown.length > 0)
      report(
        `The pack's configuration gives ${rule.name} a setting ${unknown.join(", ")} that it does not have. Write ${known.join(" or ") || "none"}.`,
      );
    if ("validateStack" in rule) await rule.validateStack(args, report);
  };
  return { ...rule, validateStack };
}
