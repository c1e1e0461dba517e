import { badRequest } from "./api-store.ts";
import { nowSeconds } from "./create-id.ts";
import type { Stage } from "./rest-api.ts";

/** A stage with nothing set. */
export function createStage(stageName: string, deploymentId: string): Stage {
  const now = nowSeconds();
  return {
    stageName,
    deploymentId,
    description: undefined,
    documentationVersion: undefined,
    tracingEnabled: false,
    variables: new Map(),
    accessLogSettings: undefined,
    methodSettings: new Map(),
    tags: new Map(),
    createdDate: now,
    lastUpdatedDate: now,
  };
}

export function checkStageName(stageName: string): void {
  if (!/^[\w-]{1,128}$/.test(stageName)) throw badRequest("Stage name only allows a-zA-Z0-9_-");
}

/** Source of the alphabets: API Gateway API, CreateStage, `variables`. */
export function checkVariables(variables: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(variables)) {
    if (!/^\w+$/.test(name))
      throw badRequest(`Stage variable name '${name}' may hold letters, digits and _ only.`);
    if (!/^[\w.~:/?#&=,-]+$/.test(value))
      throw badRequest(`Stage variable ${name} may hold letters, digits and -._~:/?#&=, only.`);
  }
}

export function stageToWire(stage: Stage): unknown {
  const { variables, methodSettings, tags, ...rest } = stage;
  return {
    ...rest,
    cacheClusterEnabled: false,
    cacheClusterStatus: "NOT_AVAILABLE",
    methodSettings: Object.fromEntries(methodSettings),
    ...(variables.size > 0 && { variables: Object.fromEntries(variables) }),
    tags: Object.fromEntries(tags),
  };
}
