import struct from "google-protobuf/google/protobuf/struct_pb.js";
import proto from "@pulumi/pulumi/proto/analyzer_pb.js";
import type {
  AnalyzeRequest,
  AnalyzerInfo,
  AnalyzerProviderResource,
  AnalyzerResource,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { RecordedResource, WireProperties } from "./recorded-resource.ts";

/** @returns the question about one resource before it is created: its inputs. */
export function analyzeRequest(
  resource: RecordedResource,
  resources: readonly RecordedResource[],
): AnalyzeRequest {
  return new proto.AnalyzeRequest()
    .setType(resource.type)
    .setUrn(resource.urn)
    .setName(resource.name)
    .setProperties(structOf(resource.inputs))
    .setOptions(optionsOf(resource))
    .setProvider(providerOf(resource, resources));
}

/** @returns the question about the whole stack once everything is there: outputs and references. */
export function stackRequest(resources: readonly RecordedResource[]): AnalyzeStackRequest {
  return new proto.AnalyzeStackRequest().setResourcesList(
    resources.map((resource) => analyzerResource(resource, resources)),
  );
}

function analyzerResource(
  resource: RecordedResource,
  resources: readonly RecordedResource[],
): AnalyzerResource {
  const message = new proto.AnalyzerResource()
    .setType(resource.type)
    .setUrn(resource.urn)
    .setName(resource.name)
    .setProperties(structOf(resource.outputs))
    .setOptions(optionsOf(resource))
    .setProvider(providerOf(resource, resources))
    .setParent(resource.parent ?? "")
    .setDependenciesList([...resource.dependencies]);
  for (const [property, urns] of Object.entries(resource.propertyDependencies))
    message
      .getPropertydependenciesMap()
      .set(property, new proto.AnalyzerPropertyDependencies().setUrnsList([...urns]));
  return message;
}

const ENFORCEMENT_LEVELS: Readonly<Record<string, proto.EnforcementLevel>> = {
  advisory: proto.EnforcementLevel.ADVISORY,
  mandatory: proto.EnforcementLevel.MANDATORY,
  remediate: proto.EnforcementLevel.REMEDIATE,
  disabled: proto.EnforcementLevel.DISABLED,
};

/**
 * @param chosen rule → settings, and its `enforcementLevel` where it is not the pack's.
 * @returns the configuration that the engine sends: the defaults of each rule's schema under what
 * was chosen.
 */
export function policyConfig(
  info: AnalyzerInfo,
  chosen: Readonly<Record<string, WireProperties>>,
): ConfigureAnalyzerRequest {
  const request = new proto.ConfigureAnalyzerRequest();
  for (const policy of info.getPoliciesList()) {
    const schema = (policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {}) as Record<
      string,
      { default?: unknown }
    >;
    const defaults = Object.entries(schema)
      .filter(([, property]) => property.default !== undefined)
      .map(([name, property]) => [name, property.default] as const);
    const { enforcementLevel, ...given } = chosen[policy.getName()] ?? {};
    const properties = { ...Object.fromEntries(defaults), ...given };
    const level = ENFORCEMENT_LEVELS[String(enforcementLevel)] ?? policy.getEnforcementlevel();
    request
      .getPolicyconfigMap()
      .set(
        policy.getName(),
        new proto.PolicyConfig().setEnforcementlevel(level).setProperties(structOf(properties)),
      );
  }
  return request;
}

function optionsOf({ parent }: RecordedResource) {
  return new proto.AnalyzerResourceOptions().setParent(parent ?? "");
}

function providerOf(
  { provider }: RecordedResource,
  resources: readonly RecordedResource[],
): AnalyzerProviderResource | undefined {
  const found = resources.find(({ urn }) => urn === provider);
  return (
    found &&
    new proto.AnalyzerProviderResource()
      .setType(found.type)
      .setUrn(found.urn)
      .setName(found.name)
      .setProperties(structOf(found.inputs))
  );
}

function structOf(properties: WireProperties) {
  return struct.Struct.fromJavaScript(properties as Record<string, string>);
}
