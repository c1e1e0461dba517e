import type { PolicyProviderResource } from "@pulumi/policy";
import { ifKnown, UNKNOWN } from "./unknown.ts";

/** @returns the tags that a provider gives to all its resources, as far as a preview knows them. */
export function defaultTagsOf(
  provider: PolicyProviderResource | undefined,
): Readonly<Record<string, string>> {
  const given = ifKnown(() => {
    const defaults = provider?.props.defaultTags as unknown;
    // The provider's SDK writes an input that is no string as JSON.
    const read: unknown = typeof defaults === "string" ? JSON.parse(defaults) : defaults;
    return { ...(read as { tags?: Record<string, string> } | undefined)?.tags };
  });
  return given === UNKNOWN ? {} : given;
}
