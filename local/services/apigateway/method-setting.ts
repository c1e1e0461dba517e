import { badRequest } from "./api-store.ts";
import { readPatchBoolean, unescapePointer, type Patch } from "./patch.ts";
import type { MethodSetting, Stage } from "./rest-api.ts";

/** What a method has when one of its settings is set. Source: API Gateway API, MethodSetting. */
const defaults: MethodSetting = {
  metricsEnabled: false,
  loggingLevel: "OFF",
  dataTraceEnabled: false,
  throttlingBurstLimit: 5000,
  throttlingRateLimit: 10_000,
  cachingEnabled: false,
  cacheTtlInSeconds: 300,
  cacheDataEncrypted: false,
  requireAuthorizationForCacheControl: true,
  unauthorizedCacheControlHeaderStrategy: "SUCCEED_WITH_RESPONSE_HEADER",
};

/** Path below a method, in a patch → the setting with its new value. */
const setters: Record<string, (patch: Patch) => Partial<MethodSetting>> = {
  "metrics/enabled": (patch) => ({ metricsEnabled: readPatchBoolean(patch) }),
  "logging/loglevel": ({ value }) => {
    if (!["OFF", "ERROR", "INFO"].includes(value))
      throw badRequest(`loglevel must be OFF, ERROR or INFO, not '${value}'.`);
    return { loggingLevel: value };
  },
  "logging/dataTrace": (patch) => ({ dataTraceEnabled: readPatchBoolean(patch) }),
  "throttling/burstLimit": (patch) => ({ throttlingBurstLimit: Math.trunc(readLimit(patch)) }),
  "throttling/rateLimit": (patch) => ({ throttlingRateLimit: readLimit(patch) }),
  "caching/enabled": (patch) => {
    if (readPatchBoolean(patch))
      throw badRequest("The embedded cloud does not serve caching in UpdateStage.");
    return { cachingEnabled: false };
  },
  "caching/ttlInSeconds": (patch) => ({ cacheTtlInSeconds: Math.trunc(readLimit(patch)) }),
  "caching/dataEncrypted": (patch) => ({ cacheDataEncrypted: readPatchBoolean(patch) }),
  "caching/requireAuthorizationForCacheControl": (patch) => ({
    requireAuthorizationForCacheControl: readPatchBoolean(patch),
  }),
  "caching/unauthorizedCacheControlHeaderStrategy": ({ value }) => ({
    unauthorizedCacheControlHeaderStrategy: value,
  }),
};

export function isMethodSettingPatch(stage: Stage, { op, path, segments }: Patch): boolean {
  if (segments.length > 3 && Object.hasOwn(setters, segments.slice(-2).join("/"))) return true;
  return op === "remove" && stage.methodSettings.has(path.slice(1));
}

/** The settings of a stage's methods after one patch operation that `isMethodSettingPatch`. */
export function patchMethodSetting(
  settings: Stage["methodSettings"],
  patch: Patch,
): Map<string, MethodSetting> {
  const changed = new Map(settings);
  const setter = setters[patch.segments.slice(-2).join("/")];
  if (!setter) {
    changed.delete(patch.path.slice(1));
    return changed;
  }
  const key = patch.segments.slice(0, -2).join("/");
  const setting = setter(patch);
  const [name = ""] = Object.keys(setting);
  const before = changed.get(key) ?? defaults;
  changed.set(
    key,
    patch.op === "remove"
      ? { ...before, [name]: defaults[name as keyof MethodSetting] }
      : { ...before, ...setting },
  );
  return changed;
}

/** The setting of a method of a stage: its own, else the one of all methods (`*` and `*`). */
export function findMethodSetting(
  { methodSettings }: Stage,
  resourcePath: string,
  httpMethod: string,
): MethodSetting | undefined {
  for (const [key, setting] of methodSettings) {
    const slash = key.lastIndexOf("/");
    const path = unescapePointer(key.slice(0, slash)).replace(/^\/?/, "/");
    if (path === resourcePath && key.slice(slash + 1) === httpMethod) return setting;
  }
  return methodSettings.get("*/*");
}

function readLimit({ path, value }: Patch): number {
  const limit = Number(value);
  if (value === "" || !Number.isFinite(limit) || limit < -1)
    throw badRequest(`Invalid value '${value}' for ${path}: must be a number of at least 0.`);
  return limit;
}
