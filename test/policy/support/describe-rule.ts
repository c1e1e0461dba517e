import { expect } from "chai";
import type { AnalyzeOptions } from "../../../policy/evaluate/analyzer.ts";
import { type Form, FORMS } from "../../../policy/evaluate/evaluate-program.ts";
import { analyze, resourcesOf } from "./analyze.ts";
import { Draft } from "./draft.ts";

export interface RuleCase {
  /** What is changed in the program. */
  readonly change: (draft: Draft) => unknown;
  /** The sentences of the rule; none where the change is allowed. */
  readonly messages: readonly string[];
  /** The sentences in a preview, where they differ, because it does not know enough. */
  readonly inPreview?: readonly string[];
  readonly options?: AnalyzeOptions;
}

/**
 * A rule is silent on the program as it is, and says these sentences on the program with one thing
 * changed: before an update, when outputs are unknown, and after it.
 */
export function describeRule(
  rule: string,
  cases: Readonly<Record<string, RuleCase>>,
  { stack = "local" }: { stack?: string } = {},
): void {
  describe(rule, function () {
    this.timeout(30_000);
    for (const form of FORMS) {
      it(`${form}: passes the program`, async () => {
        const resources = await resourcesOf(stack, form);
        expect(await messagesOf(rule, resources)).to.deep.equal([]);
      });
      for (const [title, { change, messages, inPreview, options }] of Object.entries(cases))
        it(`${form}: ${title}`, async () => {
          const draft = new Draft(form, await resourcesOf(stack, form));
          change(draft);
          expect(await messagesOf(rule, draft.done(), options)).to.deep.equal(
            expected(form, messages, inPreview),
          );
        });
    }
  });
}

function expected(form: Form, messages: readonly string[], inPreview: RuleCase["inPreview"]) {
  return form === "preview" ? (inPreview ?? messages) : messages;
}

async function messagesOf(
  rule: string,
  resources: ReturnType<Draft["done"]>,
  options?: AnalyzeOptions,
) {
  const { diagnostics } = await analyze(resources, options);
  return diagnostics.filter((diagnostic) => diagnostic.rule === rule).map(({ message }) => message);
}
