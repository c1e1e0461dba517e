import type { HttpApi, HttpDeployment, HttpStage } from "./http-api.ts";

export interface StageMatch {
  readonly stage: HttpStage;
  readonly deployment: HttpDeployment;
  /** Without the stage. */
  readonly path: string;
  /** As a client of AWS would see it: `$default` stands in no path. */
  readonly rawPath: string;
}

/**
 * The stage that a path is for: the one that its first segment names, or else `$default`, which needs
 * no name. Source: API Gateway developer guide, "Stages for HTTP APIs in API Gateway".
 */
export function findStage(api: HttpApi, wholePath: string): StageMatch | undefined {
  const end = wholePath.indexOf("/", 1);
  const segment = decode(wholePath.slice(1, end < 0 ? undefined : end));
  const rest = end < 0 ? "/" : wholePath.slice(end);
  const named = segment === "" ? undefined : api.stages.get(segment);
  const stage = named ?? api.stages.get("$default");
  const deployment = stage && api.deployments.get(stage.deploymentId ?? "");
  if (!stage || !deployment) return undefined;
  const path = named ? rest : wholePath;
  return {
    ...{ stage, deployment, path },
    rawPath: stage.stageName === "$default" ? path : `/${stage.stageName}${path}`,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
