import {
  CreateApiCommand,
  CreateDeploymentCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  DeleteApiCommand,
  DeleteCorsConfigurationCommand,
  DeleteDeploymentCommand,
  DeleteIntegrationCommand,
  DeleteRouteCommand,
  GetApiCommand,
  GetApisCommand,
  GetDeploymentsCommand,
  GetIntegrationCommand,
  GetRouteCommand,
  GetRoutesCommand,
  GetStageCommand,
  GetTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateApiCommand,
  UpdateIntegrationCommand,
  UpdateRouteCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { ApiGatewayV2Client } from "@aws-sdk/client-apigatewayv2";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { expect } from "chai";
import { clientSettings } from "../../support/client-settings.ts";
import { failure } from "../apigateway/failure.ts";
import { startHttpApis, uniqueName, type StartedHttpApis } from "./start-http-apis.ts";

const functionArn = "arn:aws:lambda:us-east-1:000000000000:function:any";

describe("API Gateway's HTTP APIs", () => {
  let cloud: StartedHttpApis;
  before(async () => (cloud = await startHttpApis()));
  after(() => cloud.close());

  const createApi = async (settings: object = {}): Promise<string> => {
    const { ApiId = "" } = await cloud.apis.send(
      new CreateApiCommand({ Name: uniqueName(), ProtocolType: "HTTP", ...settings }),
    );
    return ApiId;
  };
  const createIntegration = async (ApiId: string): Promise<string> => {
    const { IntegrationId = "" } = await cloud.apis.send(
      new CreateIntegrationCommand({
        ...{ ApiId, IntegrationType: "AWS_PROXY", IntegrationUri: functionArn },
      }),
    );
    return IntegrationId;
  };

  it("are answered as they were created and updated, and are gone when deleted", async () => {
    const ApiId = await createApi({
      ...{ Description: "of orders", Tags: { stage: "test" } },
      CorsConfiguration: { AllowOrigins: ["*"] },
    });
    await cloud.apis.send(new UpdateApiCommand({ ApiId, Version: "2" }));
    const api = await cloud.apis.send(new GetApiCommand({ ApiId }));
    expect(api).to.deep.include({
      ...{ ApiId, Description: "of orders", Version: "2", ProtocolType: "HTTP" },
      ...{ Tags: { stage: "test" }, CorsConfiguration: { AllowOrigins: ["*"] } },
      RouteSelectionExpression: "$request.method $request.path",
    });
    expect(api.CreatedDate).to.be.a("date");
    await cloud.apis.send(new DeleteCorsConfigurationCommand({ ApiId }));
    const without = await cloud.apis.send(new GetApiCommand({ ApiId }));
    expect(without.CorsConfiguration).to.equal(undefined);
    await cloud.apis.send(new DeleteApiCommand({ ApiId }));
    const gone = await failure(cloud.apis.send(new GetApiCommand({ ApiId })));
    expect(gone).to.include({ name: "NotFoundException", status: 404 });
  });

  it("have integrations, routes, stages and deployments that can be changed", async () => {
    const ApiId = await createApi();
    const IntegrationId = await createIntegration(ApiId);
    await cloud.apis.send(
      new UpdateIntegrationCommand({ ApiId, IntegrationId, TimeoutInMillis: 100 }),
    );
    const integration = await cloud.apis.send(new GetIntegrationCommand({ ApiId, IntegrationId }));
    expect(integration).to.include({
      ...{ IntegrationUri: functionArn, TimeoutInMillis: 100, PayloadFormatVersion: "1.0" },
      ...{ IntegrationType: "AWS_PROXY", ConnectionType: "INTERNET", IntegrationMethod: "POST" },
    });
    const { RouteId } = await cloud.apis.send(
      new CreateRouteCommand({
        ApiId,
        RouteKey: "GET /a",
        Target: `integrations/${IntegrationId}`,
      }),
    );
    await cloud.apis.send(new UpdateRouteCommand({ ApiId, RouteId, RouteKey: "GET /b" }));
    const route = await cloud.apis.send(new GetRouteCommand({ ApiId, RouteId }));
    expect(route).to.include({ RouteKey: "GET /b", Target: `integrations/${IntegrationId}` });
    const used = await failure(
      cloud.apis.send(new DeleteIntegrationCommand({ ApiId, IntegrationId })),
    );
    expect(used.name).to.equal("ConflictException");
    const StageName = "dev";
    const { DeploymentId } = await cloud.apis.send(new CreateDeploymentCommand({ ApiId }));
    await cloud.apis.send(new CreateStageCommand({ ApiId, StageName, DeploymentId }));
    const inUse = await failure(
      cloud.apis.send(new DeleteDeploymentCommand({ ApiId, DeploymentId })),
    );
    expect(inUse.message).to.contain("Active stages");
    await cloud.apis.send(
      new UpdateStageCommand({ ApiId, StageName, StageVariables: { a: "1" }, AutoDeploy: true }),
    );
    const stage = await cloud.apis.send(new GetStageCommand({ ApiId, StageName }));
    expect(stage).to.deep.include({ AutoDeploy: true, StageVariables: { a: "1" } });
    expect(stage.DeploymentId).to.not.equal(DeploymentId);
    await cloud.apis.send(new DeleteRouteCommand({ ApiId, RouteId }));
    await cloud.apis.send(new DeleteIntegrationCommand({ ApiId, IntegrationId }));
    const { Items = [] } = await cloud.apis.send(new GetDeploymentsCommand({ ApiId }));
    expect(Items.map(({ AutoDeployed }) => AutoDeployed)).to.have.members([false, true]);
  });

  it("refuse by name what they do not serve", async () => {
    const ApiId = await createApi();
    const IntegrationId = await createIntegration(ApiId);
    const refused: [Promise<unknown>, string][] = [
      [createApi({ ProtocolType: "WEBSOCKET" }), "protocolType HTTP, not 'WEBSOCKET'"],
      [createApi({ Target: "https://example.com" }), "integrates Lambda functions"],
      [createApi({ RouteSelectionExpression: "$request.body.action" }), "must be ${request"],
      [
        createApi({ CorsConfiguration: { AllowCredentials: true, AllowOrigins: ["*"] } }),
        "allowCredentials must be false",
      ],
      [
        cloud.apis.send(
          new CreateIntegrationCommand({
            ...{ ApiId, IntegrationType: "HTTP_PROXY", IntegrationUri: "https://example.com" },
          }),
        ),
        "AWS_PROXY, not 'HTTP_PROXY'",
      ],
      [
        cloud.apis.send(
          new CreateRouteCommand({ ApiId, RouteKey: "GET /a", AuthorizationType: "AWS_IAM" }),
        ),
        "NONE only, not 'AWS_IAM'",
      ],
      [
        cloud.apis.send(new CreateRouteCommand({ ApiId, RouteKey: "GET /a", AuthorizerId: "abc" })),
        "AuthorizerId",
      ],
      [
        cloud.apis.send(new CreateRouteCommand({ ApiId, RouteKey: "get /a" })),
        "not formatted properly",
      ],
      [
        cloud.apis.send(new CreateRouteCommand({ ApiId, RouteKey: "GET /{a+}/b" })),
        "not formatted properly",
      ],
      [
        cloud.apis.send(
          new CreateRouteCommand({ ApiId, RouteKey: "GET /a", Target: "integrations/nope" }),
        ),
        "Invalid Integration identifier",
      ],
      [
        cloud.apis.send(
          new UpdateIntegrationCommand({ ApiId, IntegrationId, TimeoutInMillis: 30_001 }),
        ),
        "between 50 ms and 30000 ms",
      ],
      [cloud.apis.send(new CreateStageCommand({ ApiId, StageName: "a b" })), "Stage name"],
      [cloud.apis.send(new CreateDeploymentCommand({ ApiId })), "At least one route"],
    ];
    for (const [sent, sentence] of refused) {
      const { message } = await failure(sent);
      expect(message).to.contain(sentence);
    }
    await cloud.apis.send(new CreateRouteCommand({ ApiId, RouteKey: "$default" }));
    const again = await failure(
      cloud.apis.send(new CreateRouteCommand({ ApiId, RouteKey: "$default" })),
    );
    expect(again).to.include({ name: "ConflictException", status: 409 });
  });

  it("are handed out in pages that stay right when one is deleted between them", async () => {
    const ApiId = await createApi();
    for (const path of ["/a", "/b", "/c"])
      await cloud.apis.send(new CreateRouteCommand({ ApiId, RouteKey: `GET ${path}` }));
    const first = await cloud.apis.send(new GetRoutesCommand({ ApiId, MaxResults: "2" }));
    const [{ RouteId } = {}] = first.Items ?? [];
    await cloud.apis.send(new DeleteRouteCommand({ ApiId, RouteId }));
    const second = await cloud.apis.send(
      new GetRoutesCommand({ ApiId, MaxResults: "2", NextToken: first.NextToken }),
    );
    expect([...(first.Items ?? []), ...(second.Items ?? [])]).to.have.length(3);
    expect(second.NextToken).to.equal(undefined);
  });

  it("are tagged by their ARN, as their stages are", async () => {
    const ApiId = await createApi();
    await cloud.apis.send(new CreateStageCommand({ ApiId, StageName: "$default" }));
    for (const path of [`apis/${ApiId}`, `apis/${ApiId}/stages/$default`]) {
      const ResourceArn = `arn:aws:apigateway:us-east-1::/${path}`;
      await cloud.apis.send(new TagResourceCommand({ ResourceArn, Tags: { a: "1", b: "2" } }));
      await cloud.apis.send(new UntagResourceCommand({ ResourceArn, TagKeys: ["a"] }));
      const { Tags } = await cloud.apis.send(new GetTagsCommand({ ResourceArn }));
      expect(Tags).to.deep.equal({ b: "2" });
    }
  });

  it("are kept from a role that may not call them, by the path of the call", async () => {
    const iam = new IAMClient(clientSettings(cloud.endpoint));
    const sts = new STSClient(clientSettings(cloud.endpoint));
    const RoleName = uniqueName();
    const policy = (statement: object) =>
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
    const { Role } = await iam.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: policy({ Principal: { AWS: "*" }, Action: "sts:AssumeRole" }),
      }),
    );
    const ApiId = await createApi();
    await iam.send(
      new PutRolePolicyCommand({
        ...{ RoleName, PolicyName: "reads" },
        PolicyDocument: policy({
          Action: "apigateway:GET",
          Resource: `arn:aws:apigateway:us-east-1::/apis/${ApiId}`,
        }),
      }),
    );
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: Role?.Arn, RoleSessionName: "reader" }),
    );
    const reader = new ApiGatewayV2Client(
      clientSettings(cloud.endpoint, {
        accessKeyId: Credentials?.AccessKeyId ?? "",
        secretAccessKey: Credentials?.SecretAccessKey ?? "",
        sessionToken: Credentials?.SessionToken ?? "",
      }),
    );
    try {
      await reader.send(new GetApiCommand({ ApiId }));
      const denied = await failure(reader.send(new GetApisCommand({})));
      expect(denied).to.include({ name: "AccessDeniedException", status: 403 });
      expect(denied.message).to.contain("apigateway:GET");
    } finally {
      for (const client of [iam, sts, reader]) client.destroy();
    }
  });

  it("fail as rules of their signing name say, also by the name of their SDK's client", async () => {
    const rules = `${cloud.endpoint}/_localstack/chaos/faults`;
    for (const service of ["apigateway", "apigatewayv2"]) {
      await fetch(rules, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify([{ service, operation: "GetApis" }]),
      });
      const failed = await failure(cloud.apis.send(new GetApisCommand({})));
      expect(failed.status, service).to.equal(503);
      await fetch(rules, { method: "POST", body: "[]" });
      await cloud.apis.send(new GetApisCommand({}));
    }
  });
});
