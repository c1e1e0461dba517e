import analyzerProto from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { AnalyzeResponse, AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { z } from "zod";
import type { RecordedResource } from "./recorded-resource.ts";

type JsonSchema = z.core.JSONSchema.JSONSchema;

/** A policy of the pack, as it describes itself to the engine. */
export interface RuleInfo {
  readonly name: string;
  readonly description: string;
  readonly severity: string;
  readonly remediationSteps: string;
  readonly url: string;
  /** What the pack's user may choose: name → JSON schema. */
  readonly settings: Record<string, JsonSchema>;
}

/** What the pack says of a stack. */
export interface Diagnostic {
  readonly rule: string;
  readonly message: string;
  /** Empty where a rule means the stack as a whole. */
  readonly urn: string;
  readonly level: "advisory" | "mandatory";
}

/** A rule that did not apply to a resource or to the stack, and why. */
export interface NotApplicable {
  readonly rule: string;
  readonly reason: string;
}

export interface Analysis {
  readonly diagnostics: Diagnostic[];
  readonly notApplicable: NotApplicable[];
}

/** @returns the policies of a pack. */
export function readRules(info: AnalyzerInfo): RuleInfo[] {
  return info.getPoliciesList().map((policy) => ({
    name: policy.getName(),
    description: policy.getDescription(),
    severity: nameOf(analyzerProto.PolicySeverity, policy.getSeverity()),
    remediationSteps: policy.getRemediationSteps(),
    url: policy.getUrl(),
    settings: (policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {}) as Record<
      string,
      JsonSchema
    >,
  }));
}

/** @param responses one a resource, in their order, and last the one on the whole stack. */
export function readAnalysis(
  responses: readonly AnalyzeResponse[],
  resources: readonly RecordedResource[],
): Analysis {
  const diagnostics = responses.flatMap((response, index) =>
    response.getDiagnosticsList().map((diagnostic) => ({
      rule: diagnostic.getPolicyname(),
      message: withoutDescription(diagnostic.getMessage(), diagnostic.getDescription()),
      // A resource policy means the resource that it was asked about.
      urn: diagnostic.getUrn() || (resources[index]?.urn ?? ""),
      level:
        diagnostic.getEnforcementlevel() === analyzerProto.EnforcementLevel.ADVISORY
          ? ("advisory" as const)
          : ("mandatory" as const),
    })),
  );
  const notApplicable = responses.flatMap((response) =>
    response
      .getNotApplicableList()
      .map((entry) => ({ rule: entry.getPolicyName(), reason: entry.getReason() })),
  );
  return { diagnostics, notApplicable };
}

/** @pulumi/policy puts the rule's description before each message. */
function withoutDescription(message: string, description: string): string {
  return message.startsWith(`${description}\n`) ? message.slice(description.length + 1) : message;
}

/** `POLICY_SEVERITY_HIGH` → `high`. */
function nameOf(names: object, value: number): string {
  const [name = ""] = Object.entries(names).find(([, known]) => known === value) ?? [];
  return name.replace("POLICY_SEVERITY_", "").toLowerCase();
}
