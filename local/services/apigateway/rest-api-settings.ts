import { badRequest } from "./api-store.ts";
import {
  acceptOnly,
  readBoolean,
  readObject,
  readRequiredText,
  readText,
  readTexts,
} from "./input.ts";
import { invalidPatch, readPatchBoolean, unescapePointer, type Patch } from "./patch.ts";
import type { RestApiSettings } from "./rest-api.ts";

/** The settings that CreateRestApi sets. */
export function readSettings(body: Readonly<Record<string, unknown>>): RestApiSettings {
  requireHeaderApiKeys(readText(body, "apiKeySource"));
  const endpoint = readObject(body, "endpointConfiguration");
  acceptOnly(endpoint, "endpointConfiguration", ["types", "ipAddressType"]);
  const description = readText(body, "description");
  const version = readText(body, "version");
  return {
    name: readRequiredText(body, "name"),
    ...(description !== undefined && { description }),
    ...(version !== undefined && { version }),
    binaryMediaTypes: readTexts(body, "binaryMediaTypes"),
    endpointType: toEndpointType(readTexts(endpoint, "types")[0] ?? "EDGE"),
    ipAddressType: toIpAddressType(readText(endpoint, "ipAddressType") ?? "ipv4"),
    disableExecuteApiEndpoint: readBoolean(body, "disableExecuteApiEndpoint"),
  };
}

/** The settings after one patch operation. Source of the paths: API Gateway API, UpdateRestApi. */
export function patchSettings(settings: RestApiSettings, patch: Patch): RestApiSettings {
  const { op, segments, value } = patch;
  const [name = "", ...rest] = segments;
  switch (name) {
    case "name":
      return { ...settings, name: readRequiredText({ name: value }, "name") };
    case "description":
    case "version":
      return { ...settings, [name]: value };
    case "disableExecuteApiEndpoint":
      return { ...settings, disableExecuteApiEndpoint: readPatchBoolean(patch) };
    case "apiKeySource":
      requireHeaderApiKeys(value);
      return settings;
    case "binaryMediaTypes": {
      const type = unescapePointer(rest.join("/"));
      const others = settings.binaryMediaTypes.filter((each) => each !== type);
      const added = op === "add" ? [type] : op === "replace" ? [value] : [];
      return { ...settings, binaryMediaTypes: [...others, ...added] };
    }
    case "endpointConfiguration":
      if (rest[0] === "types") return { ...settings, endpointType: toEndpointType(value) };
      if (rest[0] === "ipAddressType")
        return { ...settings, ipAddressType: toIpAddressType(value) };
      break;
    case "minimumCompressionSize":
    case "policy":
      if (value === "") return settings;
      throw badRequest(`The embedded cloud does not serve ${name} in UpdateRestApi.`);
  }
  throw invalidPatch(patch, [
    ...["/name", "/description", "/version", "/disableExecuteApiEndpoint", "/apiKeySource"],
    ...["/binaryMediaTypes/{type}", "/endpointConfiguration/types/{type}"],
    "/endpointConfiguration/ipAddressType",
  ]);
}

function requireHeaderApiKeys(apiKeySource: string | undefined): void {
  if (apiKeySource && apiKeySource !== "HEADER")
    throw badRequest("The embedded cloud serves no other apiKeySource than HEADER.");
}

function toEndpointType(type: string): RestApiSettings["endpointType"] {
  if (type === "EDGE" || type === "REGIONAL") return type;
  throw badRequest(`The embedded cloud serves endpoints of type EDGE and REGIONAL, not '${type}'.`);
}

function toIpAddressType(type: string): RestApiSettings["ipAddressType"] {
  if (type === "ipv4" || type === "dualstack") return type;
  throw badRequest(`ipAddressType must be ipv4 or dualstack, not '${type}'.`);
}
