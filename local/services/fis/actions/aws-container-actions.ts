import type { AwsActionRow } from "./aws-action-row.ts";

const stress = ["duration", "percent?", "workers?"];
const ecsTask = ["installDependencies?"];
const ecsNetwork = [...ecsTask, "useEcsFaultInjectionEndpoints?"];
const pod = [
  "kubernetesServiceAccount",
  "fisPodContainerImage?",
  "maxErrorsPercent?",
  "fisPodLabels?",
  "fisPodAnnotations?",
];
const securePod = [...pod, "fisPodSecurityPolicy?"];
const latency = ["duration", "delayMilliseconds?", "jitterMilliseconds?"];
const flows = ["flowsPercent?", "sources?"];
const tasks = ["Tasks", "aws:ecs:task"] as const;
const pods = ["Pods", "aws:eks:pod"] as const;

/** Actions on ECS and EKS. Source: see `awsActionTable`. */
export const awsContainerActions: readonly AwsActionRow[] = [
  {
    id: "aws:ecs:drain-container-instances",
    description: "Drains container instances of ECS clusters.",
    target: ["Clusters", "aws:ecs:cluster"],
    parameters: ["drainagePercentage", "duration"],
  },
  { id: "aws:ecs:stop-task", description: "Stops ECS tasks.", target: tasks, parameters: [] },
  {
    id: "aws:ecs:task-cpu-stress",
    description: "Stresses the CPU of ECS tasks.",
    target: tasks,
    parameters: [...stress, ...ecsTask],
  },
  {
    id: "aws:ecs:task-io-stress",
    description: "Stresses the file systems of ECS tasks.",
    target: tasks,
    parameters: [...stress, ...ecsTask],
  },
  {
    id: "aws:ecs:task-kill-process",
    description: "Stops a process in ECS tasks.",
    target: tasks,
    parameters: ["processName", "signal?", ...ecsTask],
  },
  {
    id: "aws:ecs:task-network-blackhole-port",
    description: "Drops traffic of a port of ECS tasks.",
    target: tasks,
    parameters: ["duration", "port", "trafficType", "protocol?", ...ecsNetwork],
  },
  {
    id: "aws:ecs:task-network-latency",
    description: "Delays traffic of ECS tasks.",
    target: tasks,
    parameters: [...latency, ...flows, ...ecsNetwork],
  },
  {
    id: "aws:ecs:task-network-packet-loss",
    description: "Loses packets of ECS tasks.",
    target: tasks,
    parameters: ["duration", "lossPercent?", ...flows, ...ecsNetwork],
  },
  {
    id: "aws:eks:inject-kubernetes-custom-resource",
    description: "Runs an experiment of Chaos Mesh or Litmus on an EKS cluster.",
    target: ["Cluster", "aws:eks:cluster"],
    parameters: [
      ...["kubernetesApiVersion", "kubernetesKind", "kubernetesNamespace"],
      ...["kubernetesSpec", "maxDuration"],
    ],
  },
  {
    id: "aws:eks:pod-cpu-stress",
    description: "Stresses the CPU of Kubernetes pods.",
    target: pods,
    parameters: [...stress, ...securePod],
  },
  {
    id: "aws:eks:pod-delete",
    description: "Deletes Kubernetes pods.",
    target: pods,
    parameters: ["gracePeriodSeconds?", ...securePod],
  },
  {
    id: "aws:eks:pod-io-stress",
    description: "Stresses the file systems of Kubernetes pods.",
    target: pods,
    parameters: [...stress, ...securePod],
  },
  {
    id: "aws:eks:pod-memory-stress",
    description: "Stresses the memory of Kubernetes pods.",
    target: pods,
    parameters: [...stress, ...securePod],
  },
  {
    id: "aws:eks:pod-network-blackhole-port",
    description: "Drops traffic of a port of Kubernetes pods.",
    target: pods,
    parameters: ["duration", "protocol", "trafficType", "port", ...pod],
  },
  {
    id: "aws:eks:pod-network-latency",
    description: "Delays traffic of Kubernetes pods.",
    target: pods,
    parameters: [...latency, "interface?", ...flows, ...pod],
  },
  {
    id: "aws:eks:pod-network-packet-loss",
    description: "Loses packets of Kubernetes pods.",
    target: pods,
    parameters: ["duration", "interface?", "lossPercent?", ...flows, ...pod],
  },
  {
    id: "aws:eks:terminate-nodegroup-instances",
    description: "Terminates instances of EKS node groups.",
    target: ["Nodegroups", "aws:eks:nodegroup"],
    parameters: ["instanceTerminationPercentage"],
  },
];
