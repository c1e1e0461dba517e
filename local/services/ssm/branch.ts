import { z } from "zod";
import { describeIssue } from "../../wire/describe-issue.ts";

const operators: Readonly<Record<string, (value: unknown, than: unknown) => boolean>> = {
  StringEquals: (value, than) => String(value) === String(than),
  EqualsIgnoreCase: (value, than) => String(value).toLowerCase() === String(than).toLowerCase(),
  StartsWith: (value, than) => String(value).startsWith(String(than)),
  EndsWith: (value, than) => String(value).endsWith(String(than)),
  Contains: (value, than) =>
    Array.isArray(value) ? value.includes(than) : String(value).includes(String(than)),
  NumericEquals: (value, than) => Number(value) === Number(than),
  NumericGreater: (value, than) => Number(value) > Number(than),
  NumericGreaterOrEquals: (value, than) => Number(value) >= Number(than),
  NumericLesser: (value, than) => Number(value) < Number(than),
  NumericLesserOrEquals: (value, than) => Number(value) <= Number(than),
  BooleanEquals: (value, than) => String(value).toLowerCase() === String(than).toLowerCase(),
};

type Rule = Readonly<Record<string, unknown>>;

const rule: z.ZodType<Rule> = z.record(z.string(), z.unknown());
const branch = z.strictObject({
  Choices: z.array(z.intersection(rule, z.object({ NextStep: z.string() }))).min(1),
  Default: z.string().optional(),
});

/**
 * What is wrong with the inputs of `aws:branch`; `undefined`: nothing. Source: Systems Manager
 * Automation actions reference, aws:branch.
 */
export function checkBranch(
  inputs: Readonly<Record<string, unknown>>,
  names: ReadonlySet<string>,
): string | undefined {
  const read = branch.safeParse(inputs, { reportInput: true });
  if (!read.success) return describeIssue(read.error, "The inputs").replace(/\.$/, "");
  const { Choices, Default } = read.data;
  const steps = [...Choices.map(({ NextStep }) => NextStep), ...(Default ? [Default] : [])];
  const unknown = steps.find((step) => !names.has(step));
  if (unknown !== undefined) return `it goes to ${unknown}, which is not there`;
  for (const choice of Choices) {
    const problem = ruleProblem(choice);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** The step that a branch goes to; `undefined` when no choice is met and there is no default. */
export function chooseStep(inputs: Readonly<Record<string, unknown>>): string | undefined {
  const { Choices, Default } = branch.parse(inputs);
  return Choices.find((choice) => isMet(choice))?.NextStep ?? Default;
}

function ruleProblem(given: Rule): string | undefined {
  const { And, Or, Not } = given;
  const inner = [And, Or].find(Array.isArray) as readonly Rule[] | undefined;
  if (inner) return inner.map(ruleProblem).find((each) => each !== undefined);
  if (Not !== undefined) return ruleProblem(Not as Rule);
  const known = Object.keys(given).filter((name) => Object.hasOwn(operators, name));
  if (known.length !== 1 || given["Variable"] === undefined)
    return `a choice needs a Variable and one of ${Object.keys(operators).join(", ")}, or And, Or or Not`;
  return undefined;
}

function isMet(given: Rule): boolean {
  const { And, Or, Not, Variable } = given;
  if (Array.isArray(And)) return And.every((each) => isMet(each as Rule));
  if (Array.isArray(Or)) return Or.some((each) => isMet(each as Rule));
  if (Not !== undefined) return !isMet(Not as Rule);
  const [name, than] = Object.entries(given).find(([each]) => Object.hasOwn(operators, each)) ?? [];
  return name !== undefined && (operators[name]?.(Variable, than) ?? false);
}
