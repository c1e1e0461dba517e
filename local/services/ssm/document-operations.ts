import { z } from "zod";
import type { JsonOperation } from "../json-service.ts";
import { parseAutomationDocument } from "./automation-document.ts";
import { arnOf, type DocumentVersion, type SsmDocument, versionOf } from "./document-store.ts";
import { ssmError } from "./errors.ts";
import { page } from "./page.ts";
import { readInput } from "./read-input.ts";
import type { SsmContext } from "./ssm-context.ts";
import { describeDocument, documentIdentifier } from "./views.ts";

const name = z.string().regex(/^[a-zA-Z0-9_\-.:/]{3,256}$/, "must be the name of a document");
const format = z.enum(["JSON", "YAML"], "must be JSON or YAML, the formats served here");
const tags = z.array(z.strictObject({ Key: z.string().min(1).max(128), Value: z.string() }));

const createInput = z.strictObject({
  Name: name.refine((text) => !/^(aws|amazon|amzn)/i.test(text), "must not begin like AWS's own"),
  Content: z.string().min(1),
  DocumentType: z.literal("Automation", "must be Automation, the type served here"),
  DocumentFormat: format.default("JSON"),
  Tags: tags.optional(),
});

const updateInput = z.strictObject({
  Name: name,
  Content: z.string().min(1),
  DocumentFormat: format.default("JSON"),
  DocumentVersion: z.string().optional(),
});

const oneInput = z.strictObject({ Name: name, DocumentVersion: z.string().optional() });

/** Most versions of a document. Source: Systems Manager quotas. */
const mostVersions = 1000;

/** Automation runbooks. Source: Systems Manager API 2014-11-06. */
export function documentOperations({
  documents,
  accountId,
}: SsmContext): Readonly<Record<string, JsonOperation>> {
  return {
    CreateDocument(input, { region }) {
      const given = readInput(input, createInput);
      if (documents.find(region, given.Name))
        throw ssmError("DocumentAlreadyExists", `Document with name ${given.Name} already exists`);
      const document: SsmDocument = {
        name: given.Name,
        region,
        arn: arnOf(region, accountId, given.Name),
        tags: new Map(given.Tags?.map(({ Key, Value }) => [Key, Value])),
        versions: [newVersion("1", given.Content, given.DocumentFormat)],
        defaultVersion: "1",
      };
      documents.add(document);
      return { DocumentDescription: describeDocument(document, versionOf(document), accountId) };
    },
    UpdateDocument(input, { region }) {
      const given = readInput(input, updateInput);
      const document = documents.get(region, given.Name);
      versionOf(document, given.DocumentVersion);
      if (document.versions.some(({ content }) => content === given.Content))
        throw ssmError(
          "DuplicateDocumentContent",
          "The content of the document matches another version of it; change it, or make that version the default.",
        );
      if (document.versions.length >= mostVersions)
        throw ssmError("DocumentVersionLimitExceeded", "The document has too many versions.");
      const next = String(Number(document.versions.at(-1)?.version ?? 0) + 1);
      const version = newVersion(next, given.Content, given.DocumentFormat);
      document.versions.push(version);
      return { DocumentDescription: describeDocument(document, version, accountId) };
    },
    UpdateDocumentDefaultVersion(input, { region }) {
      const { Name, DocumentVersion } = readInput(
        input,
        z.strictObject({ Name: name, DocumentVersion: z.string() }),
      );
      const document = documents.get(region, Name);
      document.defaultVersion = versionOf(document, DocumentVersion).version;
      return { Description: { Name, DefaultVersion: document.defaultVersion } };
    },
    GetDocument(input, { region }) {
      const given = readInput(input, oneInput.extend({ DocumentFormat: format.optional() }));
      const document = documents.get(region, given.Name);
      const version = versionOf(document, given.DocumentVersion);
      if (given.DocumentFormat !== undefined && given.DocumentFormat !== version.format)
        throw ssmError(
          "ValidationException",
          `The document is kept as ${version.format} and is not converted here.`,
        );
      return {
        Name: document.name,
        DocumentVersion: version.version,
        Status: "Active",
        Content: version.content,
        DocumentType: "Automation",
        DocumentFormat: version.format,
        CreatedDate: version.createdAt.getTime() / 1000,
      };
    },
    DescribeDocument(input, { region }) {
      const { Name, DocumentVersion } = readInput(input, oneInput);
      const document = documents.get(region, Name);
      const version = versionOf(document, DocumentVersion);
      return { Document: describeDocument(document, version, accountId) };
    },
    DeleteDocument(input, { region }) {
      const { Name } = readInput(input, z.strictObject({ Name: name }));
      documents.delete(documents.get(region, Name));
      return {};
    },
    ListDocuments(input, { region }) {
      const given = readInput(
        input,
        z.strictObject({
          Filters: z
            .array(z.strictObject({ Key: z.string(), Values: z.array(z.string()) }))
            .default([]),
          MaxResults: z.int().min(1).max(50).default(50),
          NextToken: z.string().optional(),
        }),
      );
      const found = documents
        .list(region)
        .filter((document) => given.Filters.every((filter) => matches(document, filter)));
      const { items, NextToken } = page(found, given, ({ name }) => name);
      return {
        DocumentIdentifiers: items.map((each) => documentIdentifier(each, accountId)),
        NextToken,
      };
    },
    DescribeDocumentPermission(input, { region }) {
      const { Name, PermissionType } = readInput(
        input,
        z.looseObject({ Name: name, PermissionType: z.string() }),
      );
      if (PermissionType !== "Share")
        throw ssmError("InvalidPermissionType", "PermissionType must be Share.");
      documents.get(region, Name);
      return { AccountIds: [], AccountSharingInfoList: [] };
    },
  };
}

function newVersion(
  version: string,
  content: string,
  documentFormat: "JSON" | "YAML",
): DocumentVersion {
  const document = parseAutomationDocument(content, documentFormat);
  return { version, content, format: documentFormat, document, createdAt: new Date() };
}

function matches(document: SsmDocument, { Key, Values }: { Key: string; Values: string[] }) {
  if (Key === "Name") return Values.some((value) => document.name.startsWith(value));
  if (Key === "Owner") return Values.some((value) => ["Self", "Private", "All"].includes(value));
  if (Key === "DocumentType") return Values.includes("Automation");
  if (Key.startsWith("tag:")) return Values.includes(document.tags.get(Key.slice(4)) ?? "");
  throw ssmError("InvalidFilterKey", `The filter ${Key} is not served here.`);
}
