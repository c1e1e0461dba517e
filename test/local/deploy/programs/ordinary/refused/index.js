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

new aws.lambda.Function("remote", {
  ...settings,
  runtime: "nodejs22.x",
  code: new pulumi.asset.RemoteArchive("https://example.com/code.zip"),
});
new aws.lambda.Function("mixed", {
  ...settings,
  runtime: "nodejs22.x",
  code: new pulumi.asset.AssetArchive({
    "a.js": new pulumi.asset.RemoteAsset("https://example.com/a.js"),
    "b.js": new pulumi.asset.FileAsset("not-there.js"),
    c: new pulumi.asset.FileArchive("./neither"),
  }),
});
const table = new aws.dynamodb.Table("table", {
  attributes: [{ name: "id", type: "S" }],
  hashKey: "id",
  restoreToLatestTime: true,
});
aws.sqs.getQueueOutput({ name: "elsewhere" });
exports.arn = vpc.arn;
