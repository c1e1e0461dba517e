import { z } from "zod";
import type { JsonOperation } from "../json-service.ts";
import type { SsmDocument } from "./document-store.ts";
import { ssmError } from "./errors.ts";
import { readInput } from "./read-input.ts";
import type { SsmContext } from "./ssm-context.ts";
import { viewTags } from "./views.ts";

const resource = { ResourceType: z.string(), ResourceId: z.string() };
const tag = z.strictObject({ Key: z.string().min(1).max(128), Value: z.string().max(256) });

/** Tags of runbooks. Source: Systems Manager API 2014-11-06. */
export function tagOperations({ documents }: SsmContext): Readonly<Record<string, JsonOperation>> {
  function find(region: string, given: { ResourceType: string; ResourceId: string }): SsmDocument {
    if (given.ResourceType !== "Document")
      throw ssmError("InvalidResourceType", "ResourceType must be Document, the one served here.");
    const found = documents.find(region, given.ResourceId);
    if (found) return found;
    throw ssmError("InvalidResourceId", `Document ${given.ResourceId} does not exist.`);
  }

  return {
    AddTagsToResource(input, { region }) {
      const given = readInput(input, z.strictObject({ ...resource, Tags: z.array(tag) }));
      const { tags } = find(region, given);
      for (const { Key, Value } of given.Tags) tags.set(Key, Value);
      return {};
    },
    RemoveTagsFromResource(input, { region }) {
      const given = readInput(input, z.strictObject({ ...resource, TagKeys: z.array(z.string()) }));
      const { tags } = find(region, given);
      for (const key of given.TagKeys) tags.delete(key);
      return {};
    },
    ListTagsForResource: (input, { region }) => ({
      TagList: viewTags(find(region, readInput(input, z.strictObject(resource))).tags),
    }),
  };
}
