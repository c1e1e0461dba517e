import type { AwsActionRow } from "./aws-action-row.ts";

const command = ["documentArn", "documentVersion?", "documentParameters?"];
const insufficientCapacity = ["duration", "availabilityZoneIdentifiers"];
const instances = ["Instances", "aws:ec2:instance"] as const;
const volumes = ["Volumes", "aws:ec2:ebs-volume"] as const;
const subnets = ["Subnets", "aws:ec2:subnet"] as const;

/** Actions on instances, volumes and networks. Source: see `awsActionTable`. */
export const awsMachineActions: readonly AwsActionRow[] = [
  {
    id: "aws:arc:start-zonal-autoshift",
    description: "Shifts traffic of resources away from an Availability Zone.",
    target: ["ManagedResources", "aws:arc:zonal-shift-managed-resource"],
    parameters: [
      ...["duration", "availabilityZoneIdentifier"],
      ...["managedResourceTypes?", "zonalAutoshiftStatus?"],
    ],
  },
  {
    id: "aws:directconnect:virtual-interface-disconnect",
    description: "Takes down the BGP sessions of Direct Connect virtual interfaces.",
    target: ["VirtualInterfaces", "aws:directconnect:virtual-interface"],
    parameters: ["duration"],
  },
  {
    id: "aws:ebs:pause-volume-io",
    description: "Pauses the input and output of EBS volumes.",
    target: volumes,
    parameters: ["duration"],
  },
  {
    id: "aws:ebs:volume-io-latency",
    description: "Delays the input and output of EBS volumes.",
    target: volumes,
    parameters: [
      ...["readIOPercentage?", "readIOLatencyMilliseconds?"],
      ...["writeIOPercentage?", "writeIOLatencyMilliseconds?", "duration"],
    ],
  },
  {
    id: "aws:ec2:api-insufficient-instance-capacity-error",
    description: "Fails the capacity requests of IAM roles with InsufficientInstanceCapacity.",
    target: ["Roles", "aws:iam:role"],
    parameters: [...insufficientCapacity, "percentage"],
  },
  {
    id: "aws:ec2:asg-insufficient-instance-capacity-error",
    description: "Fails the launches of Auto Scaling groups with InsufficientInstanceCapacity.",
    target: ["AutoScalingGroups", "aws:ec2:autoscaling-group"],
    parameters: [...insufficientCapacity, "percentage?"],
  },
  {
    id: "aws:ec2:reboot-instances",
    description: "Reboots EC2 instances.",
    target: instances,
    parameters: [],
  },
  {
    id: "aws:ec2:send-spot-instance-interruptions",
    description: "Interrupts Spot Instances.",
    target: ["SpotInstances", "aws:ec2:spot-instance"],
    parameters: ["durationBeforeInterruption"],
  },
  {
    id: "aws:ec2:stop-instances",
    description: "Stops EC2 instances.",
    target: instances,
    parameters: ["startInstancesAfterDuration?", "completeIfInstancesTerminated?"],
  },
  {
    id: "aws:ec2:terminate-instances",
    description: "Terminates EC2 instances.",
    target: instances,
    parameters: [],
  },
  {
    id: "aws:network:disrupt-connectivity",
    description: "Denies traffic of subnets.",
    target: subnets,
    parameters: ["scope", "duration", "prefixListIdentifier?"],
  },
  {
    id: "aws:network:disrupt-vpc-endpoint",
    description: "Blocks traffic of interface VPC endpoints.",
    target: ["VPCEndpoints", "aws:ec2:vpc-endpoint"],
    parameters: ["duration"],
  },
  {
    id: "aws:network:route-table-disrupt-cross-region-connectivity",
    description: "Blocks traffic of subnets to another Region.",
    target: subnets,
    parameters: ["region", "duration"],
  },
  {
    id: "aws:network:transit-gateway-disrupt-cross-region-connectivity",
    description: "Blocks traffic of transit gateway peerings to another Region.",
    target: ["TransitGateways", "aws:ec2:transit-gateway"],
    parameters: ["region", "duration"],
  },
  {
    id: "aws:ssm:send-command",
    description: "Runs a Systems Manager command on EC2 instances.",
    target: instances,
    parameters: [...command, "duration"],
  },
  {
    id: "aws:ssm:start-automation-execution",
    description: "Runs a Systems Manager Automation runbook.",
    parameters: [...command, "maxDuration"],
  },
];
