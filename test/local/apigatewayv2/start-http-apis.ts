import { randomUUID } from "node:crypto";
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  type CreateApiCommandInput,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
} from "@aws-sdk/client-apigatewayv2";
import { AddPermissionCommand, GetFunctionCommand } from "@aws-sdk/client-lambda";
import { clientSettings } from "../../support/client-settings.ts";
import { startLambda } from "../lambda/start-lambda.ts";

/** Answers its event as the body. */
export const echo =
  "export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });";

export function uniqueName(): string {
  return `api-${randomUUID().slice(0, 8)}`;
}

/** A cloud, and shorthands for HTTP APIs in it. */
export async function startHttpApis() {
  const lambda = await startLambda();
  const client = new ApiGatewayV2Client(clientSettings(lambda.endpoint));
  /** The ARN of a function that any API may call. */
  const functionArn = async (code = echo): Promise<string> => {
    const FunctionName = await lambda.create(code);
    await lambda.client.send(
      new AddPermissionCommand({
        ...{ FunctionName, StatementId: "apis", Action: "lambda:InvokeFunction" },
        Principal: "apigateway.amazonaws.com",
      }),
    );
    const found = await lambda.client.send(new GetFunctionCommand({ FunctionName }));
    return found.Configuration?.FunctionArn ?? "";
  };
  return {
    ...lambda,
    port: Number(new URL(lambda.endpoint).port),
    apis: client,
    functionArn,
    /** An API with these routes to one function, on stage `$default`. */
    async deploy(
      routeKeys: readonly string[],
      options: Partial<CreateApiCommandInput> & {
        code?: string;
        format?: "1.0" | "2.0";
        timeoutInMillis?: number;
        stageName?: string;
      } = {},
    ): Promise<string> {
      const {
        code,
        format = "2.0",
        timeoutInMillis,
        stageName = "$default",
        ...settings
      } = options;
      const { ApiId = "" } = await client.send(
        new CreateApiCommand({ Name: uniqueName(), ProtocolType: "HTTP", ...settings }),
      );
      const { IntegrationId = "" } = await client.send(
        new CreateIntegrationCommand({
          ...{ ApiId, IntegrationType: "AWS_PROXY", IntegrationUri: await functionArn(code) },
          ...{ PayloadFormatVersion: format, TimeoutInMillis: timeoutInMillis },
        }),
      );
      for (const RouteKey of routeKeys)
        await client.send(
          new CreateRouteCommand({ ApiId, RouteKey, Target: `integrations/${IntegrationId}` }),
        );
      await client.send(new CreateStageCommand({ ApiId, StageName: stageName, AutoDeploy: true }));
      return ApiId;
    },
    async close() {
      client.destroy();
      await lambda.close();
    },
  };
}

export type StartedHttpApis = Awaited<ReturnType<typeof startHttpApis>>;
