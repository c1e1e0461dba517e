import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

export interface ProductTableArgs {
  tableName: string;
  deletionProtection: boolean;
}

/** The table of products: the latest accepted version of each. */
export class ProductTable extends pulumi.ComponentResource {
  readonly tableName: pulumi.Output<string>;
  readonly tableArn: pulumi.Output<string>;

  constructor(name: string, args: ProductTableArgs, opts?: pulumi.ComponentResourceOptions) {
    super("outage-drill:infra:ProductTable", name, {}, opts);
    const table = new aws.dynamodb.Table(
      `${name}-table`,
      {
        name: args.tableName,
        attributes: [{ name: "id", type: "S" }],
        hashKey: "id",
        billingMode: "PAY_PER_REQUEST",
        pointInTimeRecovery: { enabled: true },
        serverSideEncryption: { enabled: true },
        deletionProtectionEnabled: args.deletionProtection,
      },
      { parent: this },
    );
    this.tableName = table.name;
    this.tableArn = table.arn;
    this.registerOutputs({ tableName: this.tableName, tableArn: this.tableArn });
  }
}
