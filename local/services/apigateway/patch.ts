import { badRequest } from "./api-store.ts";
import { readText } from "./input.ts";

/** One of the `patchOperations` of an Update call. Source: API Gateway API, PatchOperation. */
export interface Patch {
  readonly op: "add" | "remove" | "replace";
  readonly path: string;
  /** Of the path; `~1` and `~0` inside one are still escaped (RFC 6901). */
  readonly segments: readonly string[];
  /** Empty for `remove` and where none was given. */
  readonly value: string;
}

/** The patch operations of a request body. */
export function readPatches(body: Readonly<Record<string, unknown>>): Patch[] {
  const operations = body["patchOperations"] ?? [];
  if (!Array.isArray(operations)) throw badRequest("patchOperations must be a list.");
  return operations.map((operation: unknown) => {
    if (typeof operation !== "object" || operation === null)
      throw badRequest("Each of patchOperations must be an object with op, path and value.");
    const fields = operation as Record<string, unknown>;
    const op = fields["op"];
    if (op !== "add" && op !== "remove" && op !== "replace")
      throw badRequest(`Invalid patch op '${String(op)}'. Must be one of: [add, remove, replace]`);
    const path = readText(fields, "path") ?? "";
    if (!path.startsWith("/")) throw badRequest(`Invalid patch path '${path}'.`);
    return { op, path, segments: path.slice(1).split("/"), value: readText(fields, "value") ?? "" };
  });
}

export function unescapePointer(segment: string): string {
  return segment.replaceAll("~1", "/").replaceAll("~0", "~");
}

export function invalidPatch({ op, path }: Patch, served: readonly string[]): Error {
  return badRequest(
    `Invalid patch path '${path}' specified for op '${op}'. Must be one of: [${served.join(", ")}]`,
  );
}

export function readPatchBoolean({ path, value }: Patch): boolean {
  if (value === "true") return true;
  if (value === "false" || value === "") return false;
  throw badRequest(`Invalid value '${value}' for ${path}: must be true or false.`);
}
