import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/**
 * The first thing that is wrong with an input, as one sentence that names the member by its path
 * and says what it must be. `name` is what a list is called that has no name of its own. Parse with `reportInput: true`, so that the value can be named.
 */
export function describeIssue(error: z.core.$ZodError, name = ""): string {
  const issue = error.issues[0];
  const member = issue ? formatPath(issue.path, name) : name;
  return `${member || "The request body"} ${issue ? formatProblem(issue) : "is not valid"}.`;
}

function formatPath(path: readonly PropertyKey[], name: string): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${String(key)}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, name);
}

function formatProblem(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? "is missing"
        : `must be ${typeName(issue.expected)}, not ${formatValue(issue.input)}`;
    case "too_big":
      return `must ${amount("most", issue.maximum, issue.origin)}${measured(issue)}`;
    case "too_small":
      return `must ${amount("least", issue.minimum, issue.origin)}${measured(issue)}`;
    case "invalid_format":
      return `must match ${issue.pattern ?? issue.format}, not ${formatValue(issue.input)}`;
    case "invalid_value":
      return `must be ${issue.values.map(String).join(" or ")}, not ${formatValue(issue.input)}`;
    case "invalid_key": {
      const [inner] = issue.issues;
      return `has a name that cannot be used: it ${inner ? formatProblem(inner) : issue.message}`;
    }
    case "unrecognized_keys":
      return `has a member that is not known: ${issue.keys.join(", ")}`;
    default:
      return issue.message;
  }
}

function typeName(expected: string): string {
  if (expected === "record") return "an object";
  if (expected === "int") return "a whole number";
  return /^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`;
}

const units: Record<string, string> = { string: "characters", array: "entries" };

function amount(side: "most" | "least", limit: number | bigint, origin: string): string {
  const unit = units[origin];
  return unit === undefined
    ? `be at ${side} ${String(limit)}`
    : `have at ${side} ${String(limit)} ${unit}`;
}

function measured({ input }: Issue): string {
  if (typeof input === "string" || Array.isArray(input)) return `, not ${String(input.length)}`;
  return `, not ${formatValue(input)}`;
}

function formatValue(value: unknown): string {
  const text = JSON.stringify(value) as string | undefined;
  if (text === undefined) return String(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
