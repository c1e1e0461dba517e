import {
  CreateDeploymentCommand,
  CreateRestApiCommand,
  CreateStageCommand,
  DeleteDeploymentCommand,
  DeleteStageCommand,
  GetDeploymentCommand,
  GetStageCommand,
  PutMethodCommand,
  UpdateAccountCommand,
  UpdateStageCommand,
} from "@aws-sdk/client-api-gateway";
import { expect } from "chai";
import { deployApi, uniqueName } from "./deploy-api.ts";
import { failure } from "./failure.ts";
import { createClient, startApiGateway, type RunningApiGateway } from "./start-api-gateway.ts";

describe("API Gateway's deployments and stages", () => {
  let cloud: RunningApiGateway;
  before(async () => {
    cloud = await startApiGateway();
  });
  after(() => cloud.close());

  it("refuses to deploy nothing, and a method without integration", async () => {
    const { id: restApiId, rootResourceId: resourceId } = await cloud.client.send(
      new CreateRestApiCommand({ name: uniqueName() }),
    );
    const deploy = () => failure(cloud.client.send(new CreateDeploymentCommand({ restApiId })));
    expect((await deploy()).message).to.equal("The REST API doesn't contain any methods");
    await cloud.client.send(
      new PutMethodCommand({
        ...{ restApiId, resourceId, httpMethod: "GET", authorizationType: "NONE" },
      }),
    );
    expect((await deploy()).message).to.equal("No integration defined for method");
  });

  it("keeps a deployment that a stage uses", async () => {
    const { apiId: restApiId, deploymentId } = await deployApi(cloud.client, ["GET /"]);
    const error = await failure(
      cloud.client.send(new DeleteDeploymentCommand({ restApiId, deploymentId })),
    );
    expect(error).to.deep.equal({
      name: "BadRequestException",
      status: 400,
      message: "Active stages pointing to this deployment must be moved or deleted",
    });
    await cloud.client.send(new DeleteStageCommand({ restApiId, stageName: "dev" }));
    await cloud.client.send(new DeleteDeploymentCommand({ restApiId, deploymentId }));
  });

  it("summarises a deployment's methods when asked", async () => {
    const { apiId: restApiId, deploymentId } = await deployApi(cloud.client, ["GET /a"]);
    const { apiSummary } = await cloud.client.send(
      new GetDeploymentCommand({ restApiId, deploymentId, embed: ["apisummary"] }),
    );
    expect(apiSummary).to.deep.equal({
      "/a": { GET: { authorizationType: "NONE", apiKeyRequired: false } },
    });
  });

  it("refuses a stage that exists, and one of an unknown deployment", async () => {
    const { apiId: restApiId, deploymentId } = await deployApi(cloud.client, ["GET /"]);
    const taken = await failure(
      cloud.client.send(new CreateStageCommand({ restApiId, stageName: "dev", deploymentId })),
    );
    expect(taken).to.include({ name: "ConflictException", message: "Stage already exists" });
    const unknown = await failure(
      cloud.client.send(
        new CreateStageCommand({ restApiId, stageName: "x", deploymentId: "none" }),
      ),
    );
    expect(unknown).to.include({ name: "NotFoundException", status: 404 });
  });

  it("sets variables and method settings by patch, and takes them back", async () => {
    const { apiId: restApiId } = await deployApi(cloud.client, ["GET /"]);
    const stage = { restApiId, stageName: "dev" };
    const set = await cloud.client.send(
      new UpdateStageCommand({
        ...stage,
        patchOperations: [
          { op: "replace", path: "/variables/color", value: "blue" },
          { op: "replace", path: "/*/*/throttling/rateLimit", value: "7.5" },
          { op: "replace", path: "/*/*/metrics/enabled", value: "true" },
          { op: "replace", path: "/productApi/GET/throttling/burstLimit", value: "3" },
        ],
      }),
    );
    expect(set.variables).to.deep.equal({ color: "blue" });
    expect(set.methodSettings?.["*/*"]).to.include({
      throttlingRateLimit: 7.5,
      throttlingBurstLimit: 5000,
      metricsEnabled: true,
      loggingLevel: "OFF",
    });
    expect(set.methodSettings?.["productApi/GET"]).to.include({ throttlingBurstLimit: 3 });
    await cloud.client.send(
      new UpdateStageCommand({
        ...stage,
        patchOperations: [
          { op: "remove", path: "/variables/color" },
          { op: "remove", path: "/*/*" },
          { op: "remove", path: "/productApi/GET" },
        ],
      }),
    );
    const { variables, methodSettings } = await cloud.client.send(new GetStageCommand(stage));
    expect(variables).to.equal(undefined);
    expect(methodSettings).to.deep.equal({});
  });

  it("asks for the account's log role before it logs", async () => {
    const { apiId: restApiId } = await deployApi(cloud.client, ["GET /"]);
    const client = createClient(cloud.endpoint, "us-east-1");
    const update = () =>
      client.send(
        new UpdateStageCommand({
          restApiId,
          stageName: "dev",
          patchOperations: [{ op: "replace", path: "/*/*/logging/loglevel", value: "INFO" }],
        }),
      );
    const account = (value: string) =>
      client.send(
        new UpdateAccountCommand({
          patchOperations: [{ op: "replace", path: "/cloudwatchRoleArn", value }],
        }),
      );
    expect((await failure(update())).message).to.equal(
      "CloudWatch Logs role ARN must be set in account settings to enable logging",
    );
    await account("arn:aws:iam::000000000000:role/logs");
    await update();
    const { cloudwatchRoleArn } = await account("");
    client.destroy();
    expect(cloudwatchRoleArn).to.equal(undefined);
  });
});
