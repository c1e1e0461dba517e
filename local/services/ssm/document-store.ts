import { createHash } from "node:crypto";
import type { AutomationDocument } from "./automation-document.ts";
import { ssmError } from "./errors.ts";

export interface DocumentVersion {
  /** From "1" on. */
  readonly version: string;
  readonly content: string;
  readonly format: "JSON" | "YAML";
  readonly document: AutomationDocument;
  readonly createdAt: Date;
}

/** An Automation runbook and all its versions. */
export interface SsmDocument {
  readonly name: string;
  readonly region: string;
  readonly arn: string;
  readonly tags: Map<string, string>;
  readonly versions: DocumentVersion[];
  defaultVersion: string;
}

export interface DocumentStore {
  add(document: SsmDocument): void;
  delete(document: SsmDocument): void;
  list(region: string): readonly SsmDocument[];
  byArn(arn: string): SsmDocument | undefined;
  /** By name or ARN. */
  find(region: string, reference: string): SsmDocument | undefined;
  /** As `find`. Throws InvalidDocument. */
  get(region: string, reference: string): SsmDocument;
}

export function createDocumentStore(accountId: string): DocumentStore {
  const documents = new Map<string, SsmDocument>();
  const find = (region: string, reference: string) =>
    documents.get(reference.startsWith("arn:") ? reference : arnOf(region, accountId, reference));
  return {
    add: (document) => documents.set(document.arn, document),
    delete: (document) => documents.delete(document.arn),
    list: (region) => [...documents.values()].filter((each) => each.region === region),
    byArn: (arn) => documents.get(arn),
    find,
    get(region, reference) {
      const found = find(region, reference);
      if (found) return found;
      throw ssmError("InvalidDocument", `Document with name ${reference} does not exist.`);
    },
  };
}

export function arnOf(region: string, accountId: string, name: string): string {
  return `arn:aws:ssm:${region}:${accountId}:document/${name}`;
}

/**
 * A version by its number, `$DEFAULT` or `$LATEST`; the default one when nothing is asked for.
 * Throws InvalidDocumentVersion.
 */
export function versionOf(document: SsmDocument, wanted = "$DEFAULT"): DocumentVersion {
  const version =
    wanted === "$LATEST"
      ? document.versions.at(-1)
      : document.versions.find(
          (each) => each.version === (wanted === "$DEFAULT" ? document.defaultVersion : wanted),
        );
  if (version) return version;
  throw ssmError(
    "InvalidDocumentVersion",
    `Document ${document.name} has no version ${wanted}; its versions are: ${document.versions.map((each) => each.version).join(", ")}.`,
  );
}

export function sha256Of(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}
