import type { SSMClient } from "@aws-sdk/client-ssm";
import { z } from "zod";
import { physicalName } from "./physical-name.ts";
import { resourceType, type ResourceType } from "./resource-type.ts";
import { tagList, tagMap } from "./schemas.ts";

const document = resourceType(
  z.strictObject({
    name: z.string().optional(),
    content: z.string(),
    documentType: z.literal("Automation"),
    documentFormat: z.enum(["JSON", "YAML"]).optional(),
    tags: tagMap.optional(),
  }),
  async (inputs, { name, provider, region }) => {
    // Loaded only for stacks that have runbooks, which most drills do not.
    const { CreateDocumentCommand, SSMClient } = await import("@aws-sdk/client-ssm");
    const Name = physicalName(name, inputs);
    const tagsAll = provider.tagsAll(inputs.tags);
    const client: SSMClient = provider.client(SSMClient, region);
    const { DocumentDescription: made } = await client.send(
      new CreateDocumentCommand({
        Name,
        Content: inputs.content,
        DocumentType: inputs.documentType,
        DocumentFormat: inputs.documentFormat ?? "JSON",
        Tags: tagList(tagsAll),
      }),
    );
    const accountId = await provider.accountId();
    return {
      id: Name,
      state: {
        name: Name,
        arn: `arn:aws:ssm:${region}:${accountId}:document/${Name}`,
        createdDate: made?.CreatedDate?.toISOString(),
        defaultVersion: made?.DefaultVersion,
        description: made?.Description,
        documentVersion: made?.DocumentVersion,
        hash: made?.Hash,
        hashType: made?.HashType,
        latestVersion: made?.LatestVersion,
        owner: made?.Owner,
        platformTypes: made?.PlatformTypes,
        schemaVersion: made?.SchemaVersion,
        status: made?.Status,
        tagsAll,
      },
    };
  },
);

export const ssm: Readonly<Record<string, ResourceType>> = {
  "aws:ssm/document:Document": document,
};
