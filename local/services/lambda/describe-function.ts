import type { LambdaFunction } from "./lambda-function.ts";

/** FunctionConfiguration as the Lambda API answers it. */
export function describeFunction(lambdaFunction: LambdaFunction): Record<string, unknown> {
  const { configuration, code } = lambdaFunction;
  return {
    FunctionName: lambdaFunction.name,
    FunctionArn: lambdaFunction.arn,
    Runtime: configuration.runtime,
    Role: configuration.roleArn,
    Handler: configuration.handler,
    CodeSize: code.sizeBytes,
    CodeSha256: code.sha256,
    Description: configuration.description,
    Timeout: configuration.timeoutSeconds,
    MemorySize: configuration.memorySizeMb,
    LastModified: lambdaFunction.lastModified.toISOString().replace("Z", "+0000"),
    Version: "$LATEST",
    ...(Object.keys(configuration.variables).length > 0 && {
      Environment: { Variables: configuration.variables },
    }),
    TracingConfig: { Mode: configuration.tracingMode },
    RevisionId: lambdaFunction.revisionId,
    State: "Active",
    LastUpdateStatus: "Successful",
    PackageType: "Zip",
    ...(configuration.layerArns.length > 0 && {
      Layers: configuration.layerArns.map((Arn) => ({ Arn, CodeSize: 0 })),
    }),
    Architectures: configuration.architectures,
    EphemeralStorage: { Size: configuration.ephemeralStorageMb },
    SnapStart: { ApplyOn: "None", OptimizationStatus: "Off" },
    RuntimeVersionConfig: {
      RuntimeVersionArn: `arn:aws:lambda:${lambdaFunction.region}::runtime:${process.version}`,
    },
    LoggingConfig: configuration.logging,
  };
}
