import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { TIME_BUDGET } from "../functions/shared/time-budget.ts";
import { bundleFunction, type FunctionName } from "./function-bundles.ts";

/** Calls a function may make, on exactly one resource. */
export interface AllowedCalls {
  actions: string[];
  resource: pulumi.Input<string>;
}

export interface LambdaFunctionArgs {
  /** File in functions/, without its extension; its timeout is in TIME_BUDGET. */
  entryPoint: FunctionName;
  functionName: string;
  runtime: string;
  logRetentionDays: number;
  environment: Record<string, pulumi.Input<string>>;
  /** All the calls the function makes, besides writing to its own log group. */
  allowedCalls: AllowedCalls[];
}

/** 512 MB buy enough CPU for a cold start within the time budget of a call. */
const MEMORY_MB = 512;

/** A Node.js function: its bundle, a role that allows the calls it makes, and its log group. */
export class LambdaFunction extends pulumi.ComponentResource {
  readonly functionName: pulumi.Output<string>;
  readonly functionArn: pulumi.Output<string>;
  readonly invokeArn: pulumi.Output<string>;

  constructor(name: string, args: LambdaFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("outage-drill:infra:LambdaFunction", name, {}, opts);
    const logGroup = new aws.cloudwatch.LogGroup(
      `${name}-logs`,
      { name: `/aws/lambda/${args.functionName}`, retentionInDays: args.logRetentionDays },
      { parent: this },
    );
    const role = new aws.iam.Role(
      `${name}-role`,
      { name: args.functionName, assumeRolePolicy: JSON.stringify(ASSUMED_BY_LAMBDA) },
      { parent: this },
    );
    const policy = new aws.iam.RolePolicy(
      `${name}-policy`,
      {
        name: "calls",
        role: role.name,
        policy: policyDocument([
          ...args.allowedCalls,
          {
            actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
            resource: pulumi.interpolate`${logGroup.arn}:*`,
          },
        ]),
      },
      { parent: this },
    );
    const lambda = new aws.lambda.Function(
      `${name}-function`,
      {
        name: args.functionName,
        runtime: args.runtime,
        handler: "index.handler",
        code: bundleFunction(args.entryPoint).then(
          (code) =>
            new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(code) }),
        ),
        role: role.arn,
        memorySize: MEMORY_MB,
        timeout: TIME_BUDGET.functions[args.entryPoint].timeoutSeconds,
        environment: {
          variables: { POWERTOOLS_SERVICE_NAME: args.entryPoint, ...args.environment },
        },
      },
      // Without the policy the first calls are denied; without the log group Lambda would make one
      // that keeps its logs for ever.
      { parent: this, dependsOn: [policy, logGroup] },
    );
    this.functionName = lambda.name;
    this.functionArn = lambda.arn;
    this.invokeArn = lambda.invokeArn;
    this.registerOutputs({
      functionName: this.functionName,
      functionArn: this.functionArn,
      invokeArn: this.invokeArn,
    });
  }
}

const ASSUMED_BY_LAMBDA = {
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
};

function policyDocument(allowedCalls: AllowedCalls[]): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: allowedCalls.map(({ actions, resource }) => ({
      Effect: "Allow",
      Action: actions,
      Resource: resource,
    })),
  });
}
