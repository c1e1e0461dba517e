/** A type of resource that targets can have. */
export interface TargetType {
  /** What one resource of it is called. */
  readonly name: string;
  /** Name → what it says; one that ends in `?` may be left out. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Absent: resources can be named by their ARNs. */
  readonly takesNoArns?: true;
}

const zone = "Name or ID of an Availability Zone.";
const zones = "Names or IDs of Availability Zones, comma-separated, or all.";

/** Source: FIS User Guide, "Targets for AWS FIS": resource types and resource parameters. */
export const targetTypes: Readonly<Record<string, TargetType>> = {
  "aws:arc:zonal-shift-managed-resource": { name: "resource managed by ARC zonal shift" },
  "aws:directconnect:virtual-interface": { name: "Direct Connect virtual interface" },
  "aws:dsql:cluster": { name: "Aurora DSQL cluster" },
  "aws:dynamodb:global-table": { name: "DynamoDB global table" },
  "aws:ec2:autoscaling-group": { name: "EC2 Auto Scaling group" },
  "aws:ec2:ebs-volume": {
    name: "EBS volume",
    parameters: { "availabilityZoneIdentifier?": zone },
  },
  "aws:ec2:instance": { name: "EC2 instance" },
  "aws:ec2:spot-instance": { name: "EC2 Spot Instance" },
  "aws:ec2:subnet": {
    name: "subnet",
    parameters: { "availabilityZoneIdentifier?": zone, "vpc?": "ID of the VPC." },
  },
  "aws:ec2:transit-gateway": { name: "transit gateway" },
  "aws:ec2:vpc-endpoint": { name: "VPC endpoint" },
  "aws:ecs:cluster": { name: "ECS cluster" },
  "aws:ecs:task": {
    name: "ECS task",
    parameters: { "cluster?": "Cluster of the tasks.", "service?": "Service of the tasks." },
  },
  "aws:eks:cluster": { name: "EKS cluster" },
  "aws:eks:nodegroup": { name: "EKS node group" },
  "aws:eks:pod": {
    name: "Kubernetes pod",
    takesNoArns: true,
    parameters: {
      "availabilityZoneIdentifier?": zone,
      clusterIdentifier: "Name or ARN of the EKS cluster.",
      namespace: "Namespace of the pods.",
      selectorType: "labelSelector, deploymentName or podName.",
      selectorValue: "Value for the selector.",
      "targetContainerName?": "Container in the pods. Default: the first.",
    },
  },
  "aws:elasticache:redis-replicationgroup": {
    name: "ElastiCache replication group",
    parameters: { availabilityZoneIdentifier: zone },
  },
  "aws:elasticache:replicationgroup": {
    name: "ElastiCache replication group",
    parameters: { availabilityZoneIdentifier: zone },
  },
  "aws:iam:role": { name: "role" },
  "aws:kinesis:stream": { name: "Kinesis data stream" },
  "aws:lambda:function": {
    name: "function",
    parameters: { "functionQualifier?": "Version or alias." },
  },
  "aws:memorydb:multi-region-cluster": { name: "MemoryDB multi-Region cluster" },
  "aws:rds:cluster": {
    name: "Aurora DB cluster",
    parameters: { "writerAvailabilityZoneIdentifiers?": zones },
  },
  "aws:rds:db": { name: "DB instance", parameters: { "availabilityZoneIdentifiers?": zones } },
  "aws:s3:bucket": { name: "S3 bucket", takesNoArns: true },
};

export function findTargetType(resourceType: string): TargetType | undefined {
  return Object.hasOwn(targetTypes, resourceType) ? targetTypes[resourceType] : undefined;
}

/** The parameters of a type, as GetTargetResourceType answers them. */
export function targetParameters({
  parameters = {},
}: TargetType): Record<string, { description: string; required: boolean }> {
  return Object.fromEntries(
    Object.entries(parameters).map(([key, description]) => [
      key.replace("?", ""),
      { description, required: !key.endsWith("?") },
    ]),
  );
}
