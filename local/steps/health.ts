import { randomUUID } from "node:crypto";
import type { AwsService } from "../services/aws-service.ts";
import type { HttpAnswer } from "../wire/http.ts";
import type { Step } from "./step.ts";

/**
 * `GET /_localstack/health`, in the form that LocalStack's clients poll. `bootId` is
 * another one after a restart, which has forgotten everything.
 */
export function createHealth(services: readonly AwsService[]): Step {
  const body = JSON.stringify({
    services: Object.fromEntries(services.map(({ name }) => [name, "running"])),
    edition: "outage-drill",
    bootId: randomUUID(),
  });
  return ({ request }): HttpAnswer | undefined => {
    if (request.path !== "/_localstack/health") return undefined;
    if (request.method !== "GET" && request.method !== "HEAD")
      return { status: 405, headers: { allow: "GET, HEAD" }, body: "" };
    return { status: 200, headers: { "content-type": "application/json" }, body };
  };
}
