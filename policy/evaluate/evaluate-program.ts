import type { Analyzer } from "./analyzer.ts";
import type { PackConfig } from "./pack-config.ts";
import type { NotApplicable } from "./read-analysis.ts";
import { recordProgram, type RecordOptions } from "./record-program.ts";
import { readStackTags } from "./stack-tags.ts";

/** Before an update, when outputs are unknown, and after it. */
export const FORMS = ["preview", "update"] as const;
export type Form = (typeof FORMS)[number];

/** One sentence of a rule about one resource, and in which forms it was said. */
export interface Violation {
  readonly rule: string;
  /** Logical name; empty where the rule means the stack as a whole. */
  readonly resource: string;
  readonly message: string;
  readonly level: "advisory" | "mandatory";
  readonly forms: Form[];
}

export interface Evaluation {
  readonly violations: Violation[];
  readonly notApplicable: NotApplicable[];
}

/** @returns what a policy pack says of a program, in preview and in update form. */
export async function evaluateProgram(
  analyzer: Analyzer,
  program: Omit<RecordOptions, "preview">,
  packConfig: PackConfig = {},
): Promise<Evaluation> {
  const violations = new Map<string, Violation>();
  const notApplicable: NotApplicable[] = [];
  const stackTags = await readStackTags(program);
  for (const form of FORMS) {
    const resources = await recordProgram({ ...program, preview: form === "preview" });
    const analysis = await analyzer.analyze(resources, { stackTags, config: packConfig });
    notApplicable.push(...analysis.notApplicable);
    for (const { rule, urn, message, level } of analysis.diagnostics) {
      const key = `${rule} ${urn} ${message}`;
      const resource = urn.split("::").at(-1) ?? "";
      const violation = violations.get(key) ?? { rule, resource, message, level, forms: [] };
      violation.forms.push(form);
      violations.set(key, violation);
    }
  }
  return { violations: [...violations.values()], notApplicable };
}
