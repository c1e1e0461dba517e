import { parsePolicy } from "../../local/iam/parse-policy.ts";
import type { PolicyStatement } from "../../local/iam/policy-document.ts";
import type { Log } from "../../local/log.ts";
import { createIamStore } from "../../local/services/iam/iam-store.ts";
import { createAuthorize } from "../../local/steps/authorize.ts";
import { clientSettings } from "./client-settings.ts";
import { echoService } from "./echo-service.ts";
import { serveServices } from "./serve-services.ts";

/** The role `writer`, its session `writer-1`, and services that answer what it is allowed. */
export async function serveRoleUnderTest() {
  const iam = createIamStore();
  const arn = "arn:aws:iam::000000000000:role/writer";
  iam.roles.set("writer", {
    name: "writer",
    path: "/",
    id: "AROAAAAAAAAAAAAAAAAAA",
    arn,
    createdAt: new Date(),
    trustPolicy: { text: "", document: { Statement: [] } },
    description: undefined,
    maxSessionDurationSeconds: 3600,
    tags: new Map([["Team", "red"]]),
    inlinePolicies: new Map(),
    attachedPolicyArns: new Set(),
  });
  /** ARN → JSON text. */
  const resourcePolicies = new Map<string, string>();
  const resourceTags = new Map<string, Record<string, string>>();
  const entries: Parameters<Log>[0][] = [];
  const log: Log = (entry) => entries.push(entry);
  const services = ["dynamodb", "sqs", "sns", "lambda", "logs", "fis"].map(echoService);
  const served = await serveServices(services, {
    roleArnOf: (accessKeyId) => iam.roleArnOf(accessKeyId),
    authorize: createAuthorize({
      iam,
      resourcePolicyOf: (resource) => resourcePolicies.get(resource),
      resourceTagsOf: (resource) => resourceTags.get(resource),
      log,
    }),
    log,
  });
  return {
    iam,
    endpoint: served.endpoint,
    close: () => served.close(),
    /** Settings of a client that makes its calls as the role. */
    settings: clientSettings(served.endpoint, iam.issueCredentials(arn, "writer-1")),
    resourcePolicies,
    resourceTags,
    /** What was logged. */
    entries,
    /** Gives the role these statements and no others. */
    grant(...statements: PolicyStatement[]): void {
      const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
      const document = parsePolicy(text, "identity");
      iam.role("writer").inlinePolicies.set("only", { text, document });
      iam.policiesChanged();
    },
  };
}

export type RoleUnderTest = Awaited<ReturnType<typeof serveRoleUnderTest>>;
