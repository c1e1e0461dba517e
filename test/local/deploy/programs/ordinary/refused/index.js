const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

new aws.sqs.Queue("first", { name: "first" });
const vpc = new aws.ec2.Vpc("network", { cidrBlock: "10.0.0.0/16" });
["a", "b"].forEach((zone) => new aws.ec2.Subnet(zone, { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" }));
new aws.sqs.Queue("never", { name: vpc.arn.apply((arn) => arn.trim()) });
new aws.sqs.Queue("after", { name: "after" });

const role = new aws.iam.Role("role", { assumeRolePolicy: vpc.arn });
const code = new pulumi.asset.FileArchive("./code");
const settings = { role: role.arn, handler: "index.handler", code };
new aws.lambda.Function("snake", { ...settings, runtime: "python3.12" });
new aws.lambda.Function("old", { ...settings, runtime: "nodejs18.x" });
new aws.lambda.Function("older", { ...settings, runtime: "nodejs16.x", vpcConfig: {} });

const table = new aws.dynamodb.Table("table", {
  attributes: [{ name: "id", type: "S" }],
  hashKey: "id",
  restoreToLatestTime: true,
});
table.arn.apply(() => undefined);
aws.sqs.getQueueOutput({ name: "elsewhere" });
exports.arn = vpc.arn;
