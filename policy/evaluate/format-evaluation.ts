import type { RuleInfo } from "./read-analysis.ts";
import type { Violation } from "./evaluate-program.ts";

/** @returns the violations by rule, each with how bad it is and what to do, and a line of counts. */
export function formatEvaluation(
  stack: string,
  rules: readonly RuleInfo[],
  violations: readonly Violation[],
): string {
  const blocks = rules.flatMap((rule) => {
    const own = violations.filter((violation) => violation.rule === rule.name);
    return own.length === 0 ? [] : [formatRule(rule, own)];
  });
  const count = violations.length === 1 ? "1 violation" : `${String(violations.length)} violations`;
  return [...blocks, `stack ${stack}: ${String(rules.length)} rules, ${count}`].join("\n\n");
}

function formatRule(rule: RuleInfo, violations: readonly Violation[]): string {
  return [
    `${rule.name} (${rule.severity})`,
    `  ${rule.description}`,
    ...violations.map(({ message, forms, level }) => {
      const where = forms.length === 1 ? ` [${String(forms[0])} only]` : "";
      return `  ${level === "advisory" ? "?" : "✗"} ${message}${where}`;
    }),
    `  What to do: ${rule.remediationSteps}`,
    `  ${rule.url}`,
  ].join("\n");
}
