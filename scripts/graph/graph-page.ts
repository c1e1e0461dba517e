import type { PolicyResource } from "@pulumi/policy";
import { apiRoutes } from "../../policy/graph/api-routes.ts";
import { publishedCalls } from "../../policy/graph/calls.ts";
import { type LambdaFunction, queueTriggers } from "../../policy/graph/queues.ts";
import { describeWaits, formatMs, longestWaitMs } from "../../policy/graph/time-budget.ts";
import { type Flow, flowsOf } from "./flows.ts";
import { policyResources } from "./policy-resources.ts";
import { recordStack } from "./resource-graph.ts";

/** @returns docs/graph.md: the picture of the program and its time budget. */
export async function graphPage(): Promise<string> {
  const recorded = await recordStack("local");
  // Resources register in an order that depends on which output is there first.
  recorded.sort((left, right) => (left.name < right.name ? -1 : 1));
  const resources = policyResources(recorded);
  return `# The resource graph

Drawn by \`npm run graph -- --update\` from the program itself, as it is on the stack \`local\`; a test fails
when it is stale. All resources with all their inputs are in
[resource-graph.golden.json](../test/infra/resource-graph.golden.json).

Solid: what a request and a queued write do. Dotted: where a message goes that failed.

\`\`\`mermaid
${mermaid(flowsOf(resources))}
\`\`\`

## Time budget

The longest time that each function waits for its calls, one after the other, against its own timeout and
that of whoever waits for it. The policy pack's rule \`timeout-budget-fits\` refuses a row whose numbers do
not rise from left to right.

| function | waits | in all | its timeout | who waits for it |
| -------- | ----- | ------ | ----------- | ---------------- |
${timeBudgetRows(resources).join("\n")}
`;
}

function mermaid(flows: readonly Flow[]): string {
  const nodes = new Set(flows.flatMap(({ from, to }) => [from, to]));
  const groups = new Map<string, PolicyResource[]>();
  for (const node of nodes) {
    const group = componentOf(node);
    groups.set(group, [...(groups.get(group) ?? []), node]);
  }
  return [
    "flowchart LR",
    ...[...groups].flatMap(([group, members]) => [
      `  subgraph ${group}`,
      ...members.map((node) => `    ${node.name}${shape(node)}`),
      "  end",
    ]),
    ...flows.map(
      ({ from, to, label, onFailure }) =>
        `  ${from.name} ${onFailure ? "-." : "--"} ${label} ${onFailure ? ".->" : "-->"} ${to.name}`,
    ),
  ].join("\n");
}

/** The component of the program, not the LambdaFunction inside it. */
function componentOf(resource: PolicyResource): string {
  let component = resource;
  while (component.parent && component.parent.type !== "pulumi:pulumi:Stack")
    component = component.parent;
  return component.type.split(":").at(-1) ?? component.type;
}

function shape({ type, props }: PolicyResource): string {
  const name = String(props.name);
  if (type.startsWith("aws:dynamodb/")) return `[("${name}")]`;
  if (type.startsWith("aws:sqs/")) return `[/"${name}"/]`;
  if (type.startsWith("aws:sns/")) return `{{"${name}"}}`;
  return type.startsWith("aws:apigateway/") ? `(["${name}"])` : `["${name}"]`;
}

function timeBudgetRows(resources: readonly PolicyResource[]): string[] {
  const rows = new Map<string, string>();
  const add = (fn: LambdaFunction, waiter: string) => {
    const { name, timeout } = fn.props;
    const calls = publishedCalls(fn) ?? [];
    const total = formatMs(longestWaitMs(calls));
    const own = formatMs((timeout ?? 0) * 1_000);
    rows.set(name, `| ${[name, describeWaits(calls), total, own, waiter].join(" | ")} |`);
  };
  for (const { fn, timeoutMs } of apiRoutes(resources))
    add(fn, `API Gateway, ${formatMs(timeoutMs)}`);
  for (const { queue, fn } of queueTriggers(resources))
    if (fn) {
      const seconds = queue.props.visibilityTimeoutSeconds ?? 0;
      add(fn, `visibility timeout, ${formatMs(seconds * 1_000)}`);
    }
  return [...rows.values()];
}
