import { badRequest, conflict } from "./api-store.ts";
import type { Resource, RestApi } from "./rest-api.ts";

/**
 * Throws BadRequestException or ConflictException for a path part that the resource with `id` (none
 * yet when it is being created) cannot have below `parent`.
 * Source of the rules and their sentences: API Gateway, answers to CreateResource.
 */
export function checkPathPart(
  api: RestApi,
  parent: Resource,
  pathPart: string,
  id: string | undefined = undefined,
): void {
  if (!/^([\w.:-]+|\{[\w.:-]+\+?\})$/.test(pathPart))
    throw badRequest(
      "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.",
    );
  if (parent.pathPart?.endsWith("+}"))
    throw badRequest(
      `Cannot create a child of a resource with a greedy path variable: ${parent.pathPart}`,
    );
  for (const sibling of api.resources.values()) {
    if (sibling.parentId !== parent.id || sibling.id === id) continue;
    if (sibling.pathPart === pathPart)
      throw conflict(`Another resource with the same parent already has this name: ${pathPart}`);
    if (pathPart.startsWith("{") && sibling.pathPart?.startsWith("{"))
      throw badRequest(
        `A sibling (${sibling.pathPart}) of this resource already has a variable path part -- only one is allowed`,
      );
  }
}
