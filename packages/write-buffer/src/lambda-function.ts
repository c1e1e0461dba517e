import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { FaultTarget } from "./fault-target.ts";
import { assumedBy, policyDocument } from "./policy-document.ts";
import type { CallBudget } from "./settings.ts";

/** Calls a function may make, on exactly one resource. */
export interface AllowedCalls {
  actions: string[];
  resource: pulumi.Input<string>;
  /**
   * How long the function waits for them. Calls with a budget follow one another at worst, so that
   * their budgets add up. Without one they must be calls that Lambda makes for the function, such as
   * those that feed it.
   */
  budget?: CallBudget;
}

export interface LambdaFunctionArgs {
  /** One ES module that exports `handler` (see bundleFunction). */
  code: pulumi.Input<string>;
  /** Longer than its calls take one after another, and shorter than callers wait. */
  timeoutSeconds: number;
  /** How its logs name it, in POWERTOOLS_SERVICE_NAME. */
  serviceName: string;
  functionName: string;
  /** Lambda's name of a Node.js runtime. */
  runtime: string;
  /** One of the numbers that CloudWatch Logs allows. */
  logRetentionDays: number;
  environment: Record<string, pulumi.Input<string>>;
  /** All the calls the function makes, besides writing to its own log group. */
  allowedCalls: AllowedCalls[];
  /** Makes the function a target of experiments on AWS. */
  faultTarget?: FaultTarget | undefined;
}

/** 512 MB buy enough CPU for a cold start within the time budget of a call. */
const MEMORY_MB = 512;

/** Read by the policy pack. The characters are those that a tag's value may have. */
const TRACING_REASON =
  "Off: a drill records every request itself and X-Ray would be one more service to call";

/** A Node.js function: its bundle, a role that allows the calls it makes, and its log group. */
export class LambdaFunction extends pulumi.ComponentResource {
  readonly functionName: pulumi.Output<string>;
  readonly functionArn: pulumi.Output<string>;
  readonly roleArn: pulumi.Output<string>;
  readonly invokeArn: pulumi.Output<string>;

  constructor(name: string, args: LambdaFunctionArgs, opts?: pulumi.ComponentResourceOptions) {
    super("outage-drill:infra:LambdaFunction", name, {}, opts);
    const { tags, extension } = args.faultTarget ?? {};
    const logGroup = new aws.cloudwatch.LogGroup(
      `${name}-logs`,
      { name: `/aws/lambda/${args.functionName}`, retentionInDays: args.logRetentionDays },
      { parent: this },
    );
    const role = new aws.iam.Role(
      `${name}-role`,
      {
        name: args.functionName,
        assumeRolePolicy: JSON.stringify(assumedBy("lambda.amazonaws.com")),
      },
      { parent: this },
    );
    const calls: AllowedCalls[] = [
      ...args.allowedCalls,
      ...(extension?.allowedCalls ?? []),
      {
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resource: pulumi.interpolate`${logGroup.arn}:*`,
      },
    ];
    const policy = new aws.iam.RolePolicy(
      `${name}-policy`,
      {
        name: "calls",
        role: role.name,
        policy: pulumi.jsonStringify(policyDocument(calls)),
      },
      { parent: this },
    );
    const lambda = new aws.lambda.Function(
      `${name}-function`,
      {
        name: args.functionName,
        runtime: args.runtime,
        handler: "index.handler",
        code: pulumi
          .output(args.code)
          .apply(
            (code) =>
              new pulumi.asset.AssetArchive({ "index.mjs": new pulumi.asset.StringAsset(code) }),
          ),
        role: role.arn,
        memorySize: MEMORY_MB,
        timeout: args.timeoutSeconds,
        environment: {
          variables: {
            POWERTOOLS_SERVICE_NAME: args.serviceName,
            ...args.environment,
            ...extension?.variables,
          },
        },
        tags: { tracing: TRACING_REASON, ...tags },
        ...(extension && { layers: [extension.layerArn] }),
      },
      {
        parent: this,
        // Without the policy the first calls are denied; without the log group Lambda would make one
        // that keeps its logs for ever.
        dependsOn: [policy, logGroup],
        // Under another name the new function can be there first. What invokes it moves over before
        // the old one goes; API Gateway deletes no deployment that a stage still points at.
        deleteBeforeReplace: false,
      },
    );
    this.functionName = lambda.name;
    this.functionArn = lambda.arn;
    this.roleArn = role.arn;
    this.invokeArn = lambda.invokeArn;
    this.registerOutputs({
      functionName: this.functionName,
      functionArn: this.functionArn,
      roleArn: this.roleArn,
      invokeArn: this.invokeArn,
      // For the policy pack: a role's policy is one string, and unknown as a whole in a preview.
      calls,
    });
  }
}
