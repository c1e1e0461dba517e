import { AwsError } from "../../wire/aws-error.ts";

/** dynalite meets a tag without key or value only while it writes it. */
export function checkTags(tags: unknown): void {
  if (!Array.isArray(tags)) return;
  for (const [index, tag] of (tags as unknown[]).entries())
    for (const member of ["Key", "Value"])
      if (typeof (tag as Record<string, unknown> | null)?.[member] !== "string")
        throw new AwsError(
          "ValidationException",
          `1 validation error detected: Value at 'tags.${String(index + 1)}.member.${member.toLowerCase()}' failed to satisfy constraint: Member must be a string`,
        );
}
