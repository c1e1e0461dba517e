import {
  AddPermissionCommand,
  type AddPermissionCommandInput,
  CreateFunctionUrlConfigCommand,
  LambdaClient,
  ResourceConflictException,
} from "@aws-sdk/client-lambda";
import { z } from "zod";
import { corsSettings, toCors } from "./cors.ts";
import { resourceType, type ResourceType } from "./resource-type.ts";

const functionUrlType = resourceType(
  z.strictObject({
    authorizationType: z.enum(["NONE", "AWS_IAM"]),
    cors: corsSettings.optional(),
    functionName: z.string(),
    invokeMode: z.enum(["BUFFERED", "RESPONSE_STREAM"]).optional(),
    qualifier: z.string().optional(),
  }),
  async (inputs, { provider, region }) => {
    const client = provider.client(LambdaClient, region);
    const { functionName: FunctionName, qualifier: Qualifier, cors } = inputs;
    const created = await client.send(
      new CreateFunctionUrlConfigCommand({
        ...{ FunctionName, Qualifier },
        AuthType: inputs.authorizationType,
        Cors: toCors(cors),
        InvokeMode: inputs.invokeMode,
      }),
    );
    if (inputs.authorizationType === "NONE")
      for (const permission of publicPermissions)
        await permit(client, { FunctionName, Qualifier, Principal: "*", ...permission });
    const functionUrl = created.FunctionUrl ?? "";
    return {
      id: Qualifier === undefined ? FunctionName : `${FunctionName}/${Qualifier}`,
      state: {
        functionArn: created.FunctionArn,
        functionUrl,
        urlId: new URL(functionUrl).host.split(".")[0],
      },
    };
  },
);

/** What the real provider lets everybody do with a URL that asks for no authorization. */
const publicPermissions = [
  {
    StatementId: "FunctionURLAllowPublicAccess",
    Action: "lambda:InvokeFunctionUrl",
    FunctionUrlAuthType: "NONE",
  },
  {
    StatementId: "FunctionURLAllowInvokeAction",
    Action: "lambda:InvokeFunction",
    InvokedViaFunctionUrl: true,
  },
] as const;

/** A permission that the program has made itself stays as it is. */
async function permit(client: LambdaClient, permission: AddPermissionCommandInput): Promise<void> {
  try {
    await client.send(new AddPermissionCommand(permission));
  } catch (error) {
    if (!(error instanceof ResourceConflictException)) throw error;
  }
}

export const functionUrl: Readonly<Record<string, ResourceType>> = {
  "aws:lambda/functionUrl:FunctionUrl": functionUrlType,
};
