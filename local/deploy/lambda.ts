import {
  AddPermissionCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandOutput,
  LambdaClient,
  PutFunctionConcurrencyCommand,
  waitUntilFunctionActiveV2,
} from "@aws-sdk/client-lambda";
import { z } from "zod";
import { eventSourceMapping } from "./event-source-mapping.ts";
import { physicalName } from "./physical-name.ts";
import { sha256Of, zipOf } from "./pulumi-archive.ts";
import { refuseArchive } from "./refuse-archive.ts";
import { refuseRuntime } from "./refuse-runtime.ts";
import { resourceType, type ResourceType } from "./resource-type.ts";
import { tagMap } from "./schemas.ts";

/** For a function to leave its pending state, in seconds. */
const READY_WITHIN_SECONDS = 30;

const lambdaFunction = resourceType(
  z.strictObject({
    name: z.string().optional(),
    description: z.string().optional(),
    architectures: z.array(z.enum(["x86_64", "arm64"])).optional(),
    code: z.unknown(),
    /** Tells the real provider when to upload anew; a new function is always uploaded. */
    sourceCodeHash: z.string().optional(),
    deadLetterConfig: z.strictObject({ targetArn: z.string() }).optional(),
    environment: z
      .strictObject({ variables: z.record(z.string(), z.string()).optional() })
      .optional(),
    ephemeralStorage: z.strictObject({ size: z.number().optional() }).optional(),
    handler: z.string(),
    kmsKeyArn: z.string().optional(),
    layers: z.array(z.string()).optional(),
    loggingConfig: z
      .strictObject({
        logFormat: z.enum(["Text", "JSON"]),
        applicationLogLevel: z
          .enum(["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"])
          .optional(),
        systemLogLevel: z.enum(["DEBUG", "INFO", "WARN"]).optional(),
        logGroup: z.string().optional(),
      })
      .optional(),
    memorySize: z.number().optional(),
    packageType: z.literal("Zip").optional(),
    publish: z.boolean().optional(),
    /** -1 reserves nothing. */
    reservedConcurrentExecutions: z.number().optional(),
    role: z.string(),
    runtime: z.string(),
    /** Matters to deletion only. */
    skipDestroy: z.boolean().optional(),
    timeout: z.number().optional(),
    tracingConfig: z.strictObject({ mode: z.enum(["Active", "PassThrough"]) }).optional(),
    tags: tagMap.optional(),
  }),
  async (inputs, { name, provider, region }) => {
    const client = provider.client(LambdaClient, region);
    const FunctionName = physicalName(name, inputs);
    const tagsAll = provider.tagsAll(inputs.tags);
    const ZipFile = await zipOf(inputs.code);
    const created = await client.send(
      new CreateFunctionCommand({
        FunctionName,
        Description: inputs.description,
        Architectures: inputs.architectures,
        Code: { ZipFile },
        DeadLetterConfig: inputs.deadLetterConfig && {
          TargetArn: inputs.deadLetterConfig.targetArn,
        },
        Environment: inputs.environment && { Variables: inputs.environment.variables },
        EphemeralStorage: inputs.ephemeralStorage && { Size: inputs.ephemeralStorage.size ?? 512 },
        Handler: inputs.handler,
        KMSKeyArn: inputs.kmsKeyArn,
        Layers: inputs.layers,
        LoggingConfig: inputs.loggingConfig && {
          LogFormat: inputs.loggingConfig.logFormat,
          ApplicationLogLevel: inputs.loggingConfig.applicationLogLevel,
          SystemLogLevel: inputs.loggingConfig.systemLogLevel,
          LogGroup: inputs.loggingConfig.logGroup,
        },
        MemorySize: inputs.memorySize,
        PackageType: inputs.packageType,
        Publish: inputs.publish,
        Role: inputs.role,
        Runtime: inputs.runtime as "nodejs24.x",
        Timeout: inputs.timeout,
        TracingConfig: inputs.tracingConfig && { Mode: inputs.tracingConfig.mode },
        Tags: Object.keys(tagsAll).length === 0 ? undefined : tagsAll,
      }),
    );
    if (created.State === "Pending") {
      await waitUntilFunctionActiveV2(
        { client, minDelay: 0.05, maxDelay: 1, maxWaitTime: READY_WITHIN_SECONDS },
        { FunctionName },
      );
    }
    const reserved = inputs.reservedConcurrentExecutions ?? -1;
    if (reserved >= 0) {
      await client.send(
        new PutFunctionConcurrencyCommand({
          FunctionName,
          ReservedConcurrentExecutions: reserved,
        }),
      );
    }
    return {
      id: FunctionName,
      state: { name: FunctionName, ...functionState(created, region, sha256Of(ZipFile)), tagsAll },
    };
  },
  (inputs, options) => [
    ...refuseRuntime(inputs, options),
    ...refuseArchive("code", inputs["code"]),
  ],
);

function functionState(
  created: CreateFunctionCommandOutput,
  region: string,
  codeSha256: string,
): Record<string, unknown> {
  const version = created.Version ?? "$LATEST";
  // CreateFunction with Publish answers an ARN that ends with the version.
  const arn = (created.FunctionArn ?? "").split(":").slice(0, 7).join(":");
  const apiGatewayPath = `arn:aws:apigateway:${region}:lambda:path`;
  const invokeArn = (functionArn: string) =>
    `${apiGatewayPath}/2015-03-31/functions/${functionArn}/invocations`;
  return {
    arn,
    qualifiedArn: `${arn}:${version}`,
    invokeArn: invokeArn(arn),
    qualifiedInvokeArn: invokeArn(`${arn}:${version}`),
    responseStreamingInvokeArn: `${apiGatewayPath}/2021-11-15/functions/${arn}/response-streaming-invocations`,
    version,
    lastModified: created.LastModified,
    sourceCodeHash: created.CodeSha256 ?? codeSha256,
    codeSha256: created.CodeSha256 ?? codeSha256,
    sourceCodeSize: created.CodeSize,
    architectures: created.Architectures,
    memorySize: created.MemorySize,
    timeout: created.Timeout,
  };
}

const permission = resourceType(
  z.strictObject({
    action: z.string(),
    function: z.string(),
    principal: z.string(),
    eventSourceToken: z.string().optional(),
    functionUrlAuthType: z.enum(["AWS_IAM", "NONE"]).optional(),
    invokedViaFunctionUrl: z.boolean().optional(),
    principalOrgId: z.string().optional(),
    qualifier: z.string().optional(),
    sourceAccount: z.string().optional(),
    sourceArn: z.string().optional(),
    statementId: z.string().optional(),
    statementIdPrefix: z.string().optional(),
  }),
  async (inputs, { name, provider, region }) => {
    const StatementId = physicalName(name, {
      name: inputs.statementId,
      namePrefix: inputs.statementIdPrefix,
    });
    await provider.client(LambdaClient, region).send(
      new AddPermissionCommand({
        FunctionName: inputs.function,
        StatementId,
        Action: inputs.action,
        Principal: inputs.principal,
        EventSourceToken: inputs.eventSourceToken,
        FunctionUrlAuthType: inputs.functionUrlAuthType,
        InvokedViaFunctionUrl: inputs.invokedViaFunctionUrl,
        PrincipalOrgID: inputs.principalOrgId,
        Qualifier: inputs.qualifier,
        SourceAccount: inputs.sourceAccount,
        SourceArn: inputs.sourceArn,
      }),
    );
    return { id: StatementId, state: { statementId: StatementId } };
  },
);

export const lambda: Readonly<Record<string, ResourceType>> = {
  "aws:lambda/function:Function": lambdaFunction,
  "aws:lambda/permission:Permission": permission,
  "aws:lambda/eventSourceMapping:EventSourceMapping": eventSourceMapping,
};
