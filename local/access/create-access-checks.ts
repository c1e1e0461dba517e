import type { GatewaySteps } from "../gateway.ts";
import type { Log } from "../log.ts";
import { createCheckHost } from "../steps/check-host.ts";
import { createCheckOrigin } from "../steps/check-origin.ts";
import { createHostRule } from "./host-rule.ts";
import { createOriginRule } from "./origin-rule.ts";

export interface AccessOptions {
  /** Address or name that the endpoint listens on. */
  readonly host?: string;
  /** Further names that the endpoint goes by, such as `host.docker.internal` or `*.test`. */
  readonly allowedHosts?: readonly string[];
  /** Origins whose pages may use the endpoint, such as `http://localhost:3000`; `*` for all. */
  readonly allowedOrigins?: readonly string[];
}

/** The two steps that keep web pages out of an endpoint. */
export function createAccessChecks(
  { host, allowedHosts = [], allowedOrigins = [] }: AccessOptions,
  log: Log,
): Pick<GatewaySteps, "checkHost" | "checkOrigin"> {
  const names = host === undefined ? allowedHosts : [host, ...allowedHosts];
  return {
    checkHost: createCheckHost(createHostRule(names), log),
    checkOrigin: createCheckOrigin(createOriginRule(allowedOrigins), log),
  };
}
