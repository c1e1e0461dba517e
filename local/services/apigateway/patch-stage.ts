import { badRequest, getDeployment, type ApiStore } from "./api-store.ts";
import { checkAccessLogFormat } from "./access-log.ts";
import { isMethodSettingPatch, patchMethodSetting } from "./method-setting.ts";
import { invalidPatch, readPatchBoolean, type Patch } from "./patch.ts";
import type { RestApi, Stage } from "./rest-api.ts";
import { checkVariables } from "./stage.ts";

interface Context {
  readonly api: RestApi;
  readonly store: ApiStore;
}

/** The stage after one patch operation. Source of the paths: API Gateway API, UpdateStage. */
export function patchStage(stage: Stage, patch: Patch, { api, store }: Context): Stage {
  const { op, segments, value } = patch;
  const [name = "", member = ""] = segments;
  if (isMethodSettingPatch(stage, patch)) {
    if (segments.at(-1) === "loglevel" && value !== "OFF") requireLogRole(store, api);
    return { ...stage, methodSettings: patchMethodSetting(stage.methodSettings, patch) };
  }
  switch (name) {
    case "deploymentId":
      return { ...stage, deploymentId: getDeployment(api, value).id };
    case "description":
    case "documentationVersion":
      return { ...stage, [name]: op === "remove" ? undefined : value };
    case "tracingEnabled":
      return { ...stage, tracingEnabled: readPatchBoolean(patch) };
    case "variables": {
      const variables = new Map(stage.variables);
      if (op === "remove") variables.delete(member);
      else {
        checkVariables({ [member]: value });
        variables.set(member, value);
      }
      return { ...stage, variables };
    }
    case "accessLogSettings":
      return { ...stage, accessLogSettings: patchAccessLog(stage, patch, { api, store }) };
    case "cacheClusterEnabled":
      if (!readPatchBoolean(patch)) return stage;
      throw badRequest("The embedded cloud does not serve cacheClusterEnabled in UpdateStage.");
    case "cacheClusterSize":
    case "clientCertificateId":
      if (value === "") return stage;
      throw badRequest(`The embedded cloud does not serve ${name} in UpdateStage.`);
  }
  throw invalidPatch(patch, [
    ...["/deploymentId", "/description", "/documentationVersion", "/tracingEnabled"],
    ...["/variables/{name}", "/accessLogSettings/destinationArn", "/accessLogSettings/format"],
    ...["/{resourcePath}/{httpMethod}/{setting}", "/*/*/{setting}"],
  ]);
}

function patchAccessLog(
  stage: Stage,
  patch: Patch,
  { api, store }: Context,
): Stage["accessLogSettings"] {
  const { op, segments, value } = patch;
  const member = segments[1];
  if (op === "remove" && member === undefined) return undefined;
  requireLogRole(store, api);
  switch (member) {
    case "destinationArn":
      if (!/^arn:aws:logs:[a-z0-9-]+:\d{12}:log-group:[^:]+$/.test(value))
        throw badRequest(
          `The embedded cloud writes access logs to log groups; '${value}' is not the ARN of one.`,
        );
      if (!store.accessLogs)
        throw badRequest("The embedded cloud does not serve access logs: no log service is there.");
      return { ...stage.accessLogSettings, destinationArn: value };
    case "format":
      checkAccessLogFormat(value);
      return { ...stage.accessLogSettings, format: value };
    default:
      throw invalidPatch(patch, ["/accessLogSettings/destinationArn", "/accessLogSettings/format"]);
  }
}

function requireLogRole(store: ApiStore, { region }: RestApi): void {
  if (!store.cloudwatchRoleArns.has(region))
    throw badRequest("CloudWatch Logs role ARN must be set in account settings to enable logging");
}
