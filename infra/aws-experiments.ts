import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  assumedBy,
  type FaultExtension,
  policyDocument,
  type WriteBuffer,
} from "outage-drill/write-buffer";
import { TIME_BUDGET } from "../functions/shared/time-budget.ts";
import { type AwsScenario, toTemplateArgs } from "./aws-scenario.ts";
import { CustomerImpactAlarms } from "./customer-impact-alarms.ts";
import { experimentRoleStatements } from "./experiment-role-statements.ts";
import { FIS_READY } from "./fault-target.ts";
import type { ProductApi } from "./product-api.ts";
import type { ProductTable } from "./product-table.ts";
import { scenarioTemplates } from "./scenario-templates.ts";
import { TableOutage } from "./table-outage.ts";

/** For the runbook to begin, and to put the table's policy back. */
const MARGIN_MINUTES = 5;

export interface AwsExperimentsArgs {
  namePrefix: string;
  region: string;
  logRetentionDays: number;
  durationMinutes: number;
  table: ProductTable;
  productApi: ProductApi;
  writeBuffer: WriteBuffer | undefined;
  /** FIS's extension, when the functions have it: they are targets then. */
  extension: FaultExtension | undefined;
}

/** The scenarios as FIS templates of AWS's own actions, with all that FIS needs to run them. */
export class AwsExperiments extends pulumi.ComponentResource {
  /** Scenario → id of its FIS template. */
  readonly templateIds: Readonly<Record<string, pulumi.Output<string>>>;

  constructor(name: string, args: AwsExperimentsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("outage-drill:infra:AwsExperiments", name, {}, opts);
    const child = { parent: this };
    const { namePrefix, extension, durationMinutes, productApi, writeBuffer } = args;
    const apiFunctionArns = productApi.functions.map(({ functionArn }) => functionArn);
    const functions = writeBuffer
      ? [...productApi.functions, writeBuffer.retryFunction]
      : productApi.functions;
    const functionArns = functions.map(({ functionArn }) => functionArn);

    const alarms = new CustomerImpactAlarms(
      `${name}-alarms`,
      {
        namePrefix,
        apiName: productApi.apiName,
        stageName: productApi.stageName,
        queues: writeBuffer,
        oldestMessageAgeSeconds: durationMinutes * 60 + TIME_BUDGET.retryDelay.maxSeconds,
      },
      child,
    );
    const tableOutage = new TableOutage(
      `${name}-table-outage`,
      {
        namePrefix,
        tableArn: args.table.tableArn,
        deniedRoleArns: functions.map(({ roleArn }) => roleArn),
      },
      child,
    );

    const logGroup = new aws.cloudwatch.LogGroup(
      `${name}-logs`,
      {
        name: `/aws/fis/${namePrefix}outage-drill`,
        retentionInDays: args.logRetentionDays,
      },
      child,
    );
    const role = new aws.iam.Role(
      `${name}-role`,
      {
        name: `${namePrefix}outage-drill-experiments`,
        assumeRolePolicy: JSON.stringify(assumedBy("fis.amazonaws.com")),
      },
      child,
    );
    const rolePolicy = policyDocument(
      experimentRoleStatements({
        region: args.region,
        documentArn: tableOutage.documentArn,
        automationRoleArn: tableOutage.automationRoleArn,
        functions: extension && { arns: functionArns, faultObjectsArn: extension.objectsArn },
      }),
    );
    const policy = new aws.iam.RolePolicy(
      `${name}-policy`,
      { name: "calls", role: role.name, policy: pulumi.jsonStringify(rolePolicy) },
      child,
    );
    const scenarios = scenarioTemplates<AwsScenario>("aws-template.json", {
      duration: minutes(durationMinutes),
      durationWithMargin: minutes(durationMinutes + MARGIN_MINUTES),
      tableOutageDocumentArn: tableOutage.documentArn,
      functionArns: extension && functionArns,
      apiFunctionArns: extension && apiFunctionArns,
    });
    this.templateIds = Object.fromEntries(
      Object.entries(scenarios).map(([scenario, template]) => [
        scenario,
        new aws.fis.ExperimentTemplate(
          `${name}-${scenario}`,
          {
            ...toTemplateArgs(template),
            roleArn: role.arn,
            stopConditions: alarms.arns.map((value) => ({
              source: "aws:cloudwatch:alarm",
              value,
            })),
            experimentOptions: {
              accountTargeting: "single-account",
              emptyTargetResolutionMode: "fail",
            },
            logConfiguration: {
              logSchemaVersion: 2,
              cloudwatchLogsConfiguration: {
                logGroupArn: pulumi.interpolate`${logGroup.arn}:*`,
              },
            },
            tags: { ...FIS_READY, Name: `${namePrefix}${scenario}`, scenario },
          },
          { parent: this, dependsOn: policy },
        ).id,
      ]),
    );
    this.registerOutputs({
      templateIds: this.templateIds,
      // For the policy pack: as JSON it is unknown in a preview.
      documents: { [`${name}-policy`]: { policy: rolePolicy } },
    });
  }
}

/** @returns an ISO 8601 duration. */
function minutes(count: number): string {
  return `PT${String(count)}M`;
}
