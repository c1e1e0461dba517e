import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { assumedBy, policyDocument } from "outage-drill/write-buffer";
import { FIS_READY } from "./fault-target.ts";
import { siblingArn } from "./sibling-arn.ts";
import { type PolicyDocument, tableOutageDocument } from "./table-outage-document.ts";

export interface TableOutageArgs {
  namePrefix: string;
  tableArn: pulumi.Input<string>;
  /** Roles of the functions that use the table. */
  deniedRoleArns: pulumi.Input<string>[];
}

/**
 * How DynamoDB is made to fail on AWS, where FIS has no action for it: a Systems Manager runbook that
 * denies the functions the table. Their calls fail with AccessDeniedException.
 */
export class TableOutage extends pulumi.ComponentResource {
  readonly documentArn: pulumi.Output<string>;
  /** The role that the runbook assumes. */
  readonly automationRoleArn: pulumi.Output<string>;

  constructor(name: string, args: TableOutageArgs, opts?: pulumi.ComponentResourceOptions) {
    super("outage-drill:infra:TableOutage", name, {}, opts);
    const child = { parent: this };
    const usualPolicy = pulumi.output(args.tableArn).apply(denyWithoutTls);
    // The runbook puts this very policy back, so the table has it from the start.
    new aws.dynamodb.ResourcePolicy(
      `${name}-table-policy`,
      { resourceArn: args.tableArn, policy: pulumi.jsonStringify(usualPolicy) },
      child,
    );
    const role = new aws.iam.Role(
      `${name}-role`,
      {
        name: `${args.namePrefix}deny-products-table`,
        assumeRolePolicy: JSON.stringify(assumedBy("ssm.amazonaws.com")),
      },
      child,
    );
    const rolePolicy = policyDocument([
      { actions: ["dynamodb:PutResourcePolicy"], resource: args.tableArn },
    ]);
    const policy = new aws.iam.RolePolicy(
      `${name}-policy`,
      {
        name: "calls",
        role: role.name,
        policy: pulumi.jsonStringify(rolePolicy),
      },
      child,
    );
    const content = pulumi
      .all([args.tableArn, pulumi.all(args.deniedRoleArns), role.arn, usualPolicy])
      .apply(([tableArn, deniedRoleArns, automationRoleArn, usual]) =>
        JSON.stringify(
          tableOutageDocument({ tableArn, deniedRoleArns, automationRoleArn, usualPolicy: usual }),
        ),
      );
    const document = new aws.ssm.Document(
      `${name}-document`,
      {
        name: `${args.namePrefix}DenyProductsTable`,
        documentType: "Automation",
        documentFormat: "JSON",
        content,
        tags: FIS_READY,
      },
      { parent: this, dependsOn: policy },
    );
    this.documentArn = siblingArn(
      args.tableArn,
      "ssm",
      pulumi.interpolate`document/${document.name}`,
    );
    this.automationRoleArn = role.arn;
    this.registerOutputs({
      documentArn: this.documentArn,
      automationRoleArn: this.automationRoleArn,
      // For the policy pack: as JSON it is unknown in a preview.
      documents: { [`${name}-policy`]: { policy: rolePolicy } },
    });
  }
}

function denyWithoutTls(tableArn: string): PolicyDocument {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TlsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "dynamodb:*",
        Resource: tableArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  };
}
