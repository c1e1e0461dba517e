import { expect } from "chai";
import { find, statementsOf } from "./support/find-resource.ts";
import { type ProgramRun, runProgram } from "./support/run-program.ts";

const LAYER = "arn:aws:lambda:us-east-1:211125607513:layer:aws-fis-extension-x86_64:9";
const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:000000000000:${name}`;
const FUNCTIONS = ["add-product", "get-product", "process-product-events"];
const FUNCTION_ARNS = FUNCTIONS.map((name) => arn("lambda", name));
const FIS_READY = { StringEquals: { "aws:ResourceTag/FIS-Ready": "true" } };

describe("AwsExperiments", function () {
  this.timeout(20_000);

  let run: ProgramRun;
  let withLambda: ProgramRun;

  before(async () => {
    run = await runProgram({ stack: "aws" });
    withLambda = await runProgram({
      stack: "aws",
      overrides: { lambdaFaults: "true", fisExtensionLayerArn: LAYER },
    });
  });

  it("declares the outage as a template that alarms stop and logs keep", () => {
    expect(find(run, "aws-experiments-outage").inputs).to.deep.equal({
      description: "DynamoDB denies the functions the table",
      roleArn: arn("iam", "outage-drill-experiments"),
      actions: [
        {
          name: "deny-table",
          actionId: "aws:ssm:start-automation-execution",
          description: "Puts a Deny into the table's policy, and takes it out on every way out.",
          parameters: [
            { key: "documentArn", value: arn("ssm", "document/DenyProductsTable") },
            { key: "documentParameters", value: '{"Duration":"PT5M"}' },
            { key: "maxDuration", value: "PT10M" },
          ],
        },
      ],
      stopConditions: [
        "ProductApiFailedRequests",
        "ProductEventsDeadLetters",
        "ProductEventsOldestMessage",
      ].map((name) => ({ source: "aws:cloudwatch:alarm", value: arn("cloudwatch", name) })),
      experimentOptions: {
        accountTargeting: "single-account",
        emptyTargetResolutionMode: "fail",
      },
      logConfiguration: {
        logSchemaVersion: 2,
        cloudwatchLogsConfiguration: {
          logGroupArn: `${arn("cloudwatch", "/aws/fis/outage-drill")}:*`,
        },
      },
      tags: { "FIS-Ready": "true", Name: "outage", scenario: "outage" },
    });
    expect(run.outputs.experimentTemplateIds).to.deep.equal({
      outage: "aws-experiments-outage-id",
    });
  });

  it("takes the Deny out on every way out of the runbook", () => {
    const { content, documentType } = find(run, "aws-experiments-table-outage-document").inputs;
    expect(documentType).to.equal("Automation");
    const { mainSteps, assumeRole } = JSON.parse(String(content)) as Runbook;
    expect(assumeRole).to.equal(arn("iam", "deny-products-table"));
    expect(new Set(mainSteps.map(({ action }) => action))).to.deep.equal(
      new Set(["aws:executeAwsApi", "aws:sleep"]),
    );
    const undo = mainSteps.at(-1);
    expect(undo).to.deep.include({ name: "RestorePolicy", isEnd: true });
    for (const { name, onFailure, onCancel } of mainSteps.slice(0, -1)) {
      expect(onFailure, name).to.equal("step:RestorePolicy");
      expect(onCancel, name).to.equal("step:RestorePolicy");
    }
    const usual = String(find(run, "aws-experiments-table-outage-table-policy").inputs.policy);
    expect(undo?.inputs.Policy).to.equal(usual);
    expect(JSON.parse(mainSteps[0]?.inputs.Policy ?? "")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        ...(JSON.parse(usual) as { Statement: unknown[] }).Statement,
        {
          Sid: "OutageDrill",
          Effect: "Deny",
          Principal: { AWS: FUNCTIONS.map((name) => arn("iam", name)) },
          Action: [
            "dynamodb:BatchGetItem",
            "dynamodb:BatchWriteItem",
            "dynamodb:ConditionCheckItem",
            "dynamodb:DeleteItem",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:Scan",
            "dynamodb:UpdateItem",
          ],
          Resource: [arn("dynamodb", "Products"), `${arn("dynamodb", "Products")}/index/*`],
        },
      ],
    });
  });

  it("allows FIS and the runbook what they do, on what has the tag", () => {
    expect(statementsOf(run, "aws-experiments-table-outage-policy")).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["dynamodb:PutResourcePolicy"],
        Resource: arn("dynamodb", "Products"),
      },
    ]);
    const ssmAndLogs = statementsOf(run, "aws-experiments-policy");
    expect(ssmAndLogs[0]).to.deep.equal({
      Effect: "Allow",
      Action: ["ssm:StartAutomationExecution"],
      Resource: arn("ssm", "document/DenyProductsTable"),
      Condition: FIS_READY,
    });
    expect(ssmAndLogs[2]).to.deep.equal({
      Effect: "Allow",
      Action: ["iam:PassRole"],
      Resource: arn("iam", "deny-products-table"),
      Condition: { StringEquals: { "iam:PassedToService": "ssm.amazonaws.com" } },
    });
    expect(ssmAndLogs.map(({ Action }) => Action).slice(3)).to.deep.equal([
      [
        "logs:CreateLogDelivery",
        "logs:DescribeLogGroups",
        "logs:DescribeResourcePolicies",
        "logs:PutResourcePolicy",
      ],
    ]);
    const added = statementsOf(withLambda, "aws-experiments-policy").slice(3, 5);
    expect(added).to.deep.equal([
      {
        Effect: "Allow",
        Action: ["lambda:GetFunction"],
        Resource: FUNCTION_ARNS,
        Condition: FIS_READY,
      },
      {
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:DeleteObject"],
        Resource: `${arn("s3", "fault-target-bucket")}/FisConfigs/*`,
      },
    ]);
  });

  it("has no faults of functions unless they are asked for", () => {
    expect(run.resources.some(({ type }) => type.startsWith("aws:s3/"))).to.equal(false);
    const { layers, tags } = find(run, "product-api-add-function").inputs;
    expect(layers).to.equal(undefined);
    expect(tags).to.include({ "FIS-Ready": "true" });
  });

  it("gives the functions FIS's extension, and the place where it finds its faults", () => {
    for (const name of ["product-api-add", "product-api-get", "write-buffer-retry"]) {
      const { layers, environment, tags } = find(withLambda, `${name}-function`).inputs;
      expect(layers).to.deep.equal([LAYER]);
      expect(tags).to.include({ "FIS-Ready": "true" });
      expect((environment as Environment).variables).to.include({
        AWS_FIS_CONFIGURATION_LOCATION: `${arn("s3", "fault-target-bucket")}/FisConfigs/`,
        AWS_LAMBDA_EXEC_WRAPPER: "/opt/aws-fis/bootstrap",
      });
      expect(statementsOf(withLambda, `${name}-policy`)).to.deep.include.members([
        {
          Effect: "Allow",
          Action: ["s3:ListBucket"],
          Resource: arn("s3", "fault-target-bucket"),
        },
        {
          Effect: "Allow",
          Action: ["s3:GetObject"],
          Resource: `${arn("s3", "fault-target-bucket")}/FisConfigs/*`,
        },
      ]);
    }
  });

  const faults: [string, string, string[], Record<string, string>][] = [
    [
      "slow-functions",
      "aws:lambda:invocation-add-delay",
      FUNCTION_ARNS,
      { startupDelayMilliseconds: "4000" },
    ],
    ["function-error", "aws:lambda:invocation-error", FUNCTION_ARNS, { preventExecution: "false" }],
    [
      "function-response",
      "aws:lambda:invocation-http-integration-response",
      FUNCTION_ARNS.slice(0, 2),
      { preventExecution: "true", statusCode: "503", contentTypeHeader: "text/plain" },
    ],
  ];
  for (const [scenario, actionId, resourceArns, parameters] of faults)
    it(`declares ${scenario} on the functions`, () => {
      const { actions, targets } = find(withLambda, `aws-experiments-${scenario}`).inputs;
      expect(targets).to.deep.equal([
        {
          name: "functions",
          resourceType: "aws:lambda:function",
          resourceArns,
          selectionMode: "ALL",
        },
      ]);
      expect(actions).to.deep.equal([
        {
          name: "functions",
          actionId,
          target: { key: "Functions", value: "functions" },
          parameters: Object.entries({
            duration: "PT5M",
            invocationPercentage: "100",
            ...parameters,
          }).map(([key, value]) => ({ key, value })),
        },
      ]);
    });

  it("stops on what callers feel, and not on the table", () => {
    const alarms = run.resources.filter(({ type }) => type.includes("MetricAlarm"));
    expect(
      alarms.map(({ inputs }) => [inputs.namespace, inputs.metricName, inputs.threshold]),
    ).to.have.deep.members([
      ["AWS/ApiGateway", "5XXError", 0.75],
      ["AWS/SQS", "ApproximateNumberOfMessagesVisible", 0],
      ["AWS/SQS", "ApproximateAgeOfOldestMessage", 900],
    ]);
  });

  it("needs no queue", async () => {
    const without = await runProgram({ stack: "aws", overrides: { writeBuffer: "false" } });
    const { stopConditions } = find(without, "aws-experiments-outage").inputs;
    expect(stopConditions).to.have.length(1);
    const { content } = find(without, "aws-experiments-table-outage-document").inputs;
    expect(String(content)).to.not.contain("process-product-events");
  });
});

interface Runbook {
  assumeRole: string;
  mainSteps: {
    name: string;
    action: string;
    inputs: { Policy?: string };
    onFailure?: string;
    onCancel?: string;
    isEnd?: boolean;
  }[];
}

interface Environment {
  variables: Record<string, string>;
}
