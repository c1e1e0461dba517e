import type { PolicyResource } from "@pulumi/policy";
import { ifKnown, knownPart, UNKNOWN } from "./unknown.ts";

/**
 * Reads a document among a resource's properties. JSON that contains an ARN is one unknown string in a
 * preview; the component around the resource then says what is in it, in its output `documents`:
 * resource name → property → document (see WriteBuffer of outage-drill/write-buffer).
 *
 * @returns the document as it is; what a preview knows of what is published; or else UNKNOWN.
 */
export function documentOf(resource: PolicyResource, property: string): unknown {
  const document = ifKnown(() => resource.props[property] as unknown);
  if (document !== UNKNOWN) return document;
  return publishedDocument(resource, property) ?? UNKNOWN;
}

/** @returns what is published of a document that a preview does not know. */
export function hiddenDocumentOf(resource: PolicyResource, property: string): unknown {
  const isHidden = ifKnown(() => resource.props[property] as unknown) === UNKNOWN;
  return isHidden ? publishedDocument(resource, property) : undefined;
}

function publishedDocument({ parent, name }: PolicyResource, property: string): unknown {
  type Documents = Record<string, Record<string, unknown> | undefined> | undefined;
  return knownPart(() => (parent?.props.documents as Documents)?.[name]?.[property]);
}
