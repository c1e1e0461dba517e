import type { OperationMembers, ServiceMembers } from "../member-table.ts";

const patched = "patchOperations(op path value)";
/** `copy` and `move`, which alone read `from`, are refused by the operations. */
const from = "patchOperations(from)";
const ofMethod = "restApiId resourceId httpMethod";
const patches = (honours: string): OperationMembers => ({
  honours: `${honours} ${patched}`,
  refuses: from,
});

/** Source: API Gateway API 2015-07-09. */
export const apigatewayMembers: ServiceMembers = {
  CreateRestApi: {
    honours: `name description version binaryMediaTypes apiKeySource
      endpointConfiguration(types ipAddressType) tags disableExecuteApiEndpoint`,
    refuses: `cloneFrom minimumCompressionSize endpointConfiguration(vpcEndpointIds) policy
      securityPolicy endpointAccessMode`,
  },
  // A document is read whole or refused: nothing in it can be a warning only.
  ImportRestApi: { honours: "body parameters", ignores: { "always-so": "failOnWarnings" } },
  PutRestApi: {
    honours: "restApiId mode body parameters",
    ignores: { "always-so": "failOnWarnings" },
  },
  GetRestApis: { honours: "position limit" },
  GetRestApi: { honours: "restApiId" },
  UpdateRestApi: patches("restApiId"),
  DeleteRestApi: { honours: "restApiId" },
  CreateResource: { honours: "restApiId parentId pathPart" },
  GetResources: { honours: "restApiId position limit embed" },
  GetResource: { honours: "restApiId resourceId embed" },
  UpdateResource: patches("restApiId resourceId"),
  DeleteResource: { honours: "restApiId resourceId" },
  PutMethod: {
    honours: `${ofMethod} authorizationType operationName requestParameters requestModels`,
    refuses: "authorizerId apiKeyRequired=false requestValidatorId authorizationScopes",
  },
  GetMethod: { honours: ofMethod },
  UpdateMethod: patches(ofMethod),
  DeleteMethod: { honours: ofMethod },
  PutMethodResponse: { honours: `${ofMethod} statusCode responseParameters responseModels` },
  GetMethodResponse: { honours: `${ofMethod} statusCode` },
  DeleteMethodResponse: { honours: `${ofMethod} statusCode` },
  PutIntegration: {
    // The wire calls `integrationHttpMethod` `httpMethod`.
    honours: `${ofMethod} type integrationHttpMethod uri connectionType passthroughBehavior
      cacheNamespace timeoutInMillis responseTransferMode`,
    refuses: `connectionId credentials requestParameters requestTemplates cacheKeyParameters
      contentHandling tlsConfig(insecureSkipVerification=false) integrationTarget`,
  },
  GetIntegration: { honours: ofMethod },
  UpdateIntegration: patches(ofMethod),
  DeleteIntegration: { honours: ofMethod },
  CreateDeployment: {
    honours: "restApiId stageName stageDescription description variables tracingEnabled",
    refuses: "cacheClusterEnabled=false cacheClusterSize canarySettings",
  },
  GetDeployments: { honours: "restApiId position limit" },
  GetDeployment: { honours: "restApiId deploymentId embed" },
  UpdateDeployment: patches("restApiId deploymentId"),
  DeleteDeployment: { honours: "restApiId deploymentId" },
  CreateStage: {
    honours: `restApiId stageName deploymentId description variables documentationVersion
      tracingEnabled tags`,
    refuses: "cacheClusterEnabled=false cacheClusterSize canarySettings",
  },
  GetStages: { honours: "restApiId deploymentId" },
  GetStage: { honours: "restApiId stageName" },
  UpdateStage: patches("restApiId stageName"),
  DeleteStage: { honours: "restApiId stageName" },
  TagResource: { honours: "resourceArn tags" },
  UntagResource: { honours: "resourceArn tagKeys" },
  GetTags: {
    // A resource has 50 tags at most, which AWS too answers on one page.
    honours: "resourceArn",
    ignores: { "aws-ignores-it": "position limit" },
  },
  GetAccount: {},
  UpdateAccount: patches(""),
};
