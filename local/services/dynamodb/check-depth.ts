import { AwsError } from "../../wire/aws-error.ts";

/** Maps and lists around a value, at most. Source: DynamoDB quotas, nested attribute depth of 32. */
const mostContainers = 31;

/** Refuses attribute values with more than 32 levels, anywhere in an input. */
export function checkDepth(input: unknown, containers = 0): void {
  if (containers > mostContainers)
    throw new AwsError(
      "ValidationException",
      "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
    );
  if (typeof input !== "object" || input === null) return;
  const [[type, content] = [], ...others] = Object.entries(input) as [string, unknown][];
  if (others.length === 0 && (type === "M" || type === "L") && typeof content === "object")
    for (const inner of Object.values(content ?? {})) checkDepth(inner, containers + 1);
  else for (const inner of Object.values(input)) checkDepth(inner, containers);
}
