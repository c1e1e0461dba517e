import { format, resolveConfig } from "prettier";
import type { Emulated } from "./collect-emulated.ts";

/** How the services are called, where their signing name does not tell. */
const titles: Readonly<Record<string, string>> = {
  apigateway: "API Gateway (REST)",
  apigatewayv2: "API Gateway (HTTP)",
  monitoring: "CloudWatch",
  dynamodb: "DynamoDB",
  events: "EventBridge",
  fis: "FIS",
  iam: "IAM",
  kms: "KMS",
  lambda: "Lambda",
  logs: "CloudWatch Logs",
  sns: "SNS",
  sqs: "SQS",
  ssm: "Systems Manager",
  sts: "STS",
};

/** Signing names of APIs that share one. */
const signingNames: Readonly<Record<string, string>> = { apigatewayv2: "apigateway" };

/** @returns docs/emulated.md, in the form that the formatter gives it. */
export async function formatEmulated(emulated: Emulated): Promise<string> {
  const services = Object.entries(emulated.operations);
  const count = services.reduce((sum, [, operations]) => sum + operations.length, 0);
  const page = `# What is emulated

Written by \`npm run docs:emulated -- --update\` from the tables that the embedded cloud itself works
with; a test fails when it is stale. How it behaves, and what it refuses:
[local/README.md](../local/README.md).

${count} operations of ${services.length} services. Any other is answered with the service's own error for an unknown
operation, and named in the log.

## Operations

${services.map(([name, operations]) => section(titles[name] ?? name, `\`${signingNames[name] ?? name}\``, sorted(operations))).join("\n\n")}

### Beside them

Requests to deployed APIs and to function URLs, \`/_localstack/chaos/faults\`, \`/_localstack/chaos/effects\` and
\`/_localstack/health\` are served beside them.

## Inputs that are refused

Every other member of an input in AWS's model is honoured, or changes nothing here. What is listed is
refused by name, with all that stands in it, unless it is empty or the value that holds anyway.

${Object.entries(emulated.refusals)
  .filter(([, operations]) => Object.keys(operations).length > 0)
  .map(([name, operations]) => refusals(titles[name] ?? name, operations))
  .join("\n\n")}

## FIS actions

${listActions(emulated, true)}

\`localstack:SERVICE:inject-api-internal-error\` is there for every service; the list has those that the
application uses.

Templates can also have AWS's other actions, with their targets and parameters: they are created, listed
and described. An experiment behaves as in an account without such resources: tags and filters find
nothing; a resource that is named by its ARN, and an action without targets, fail the experiment before
anything happens.

${listActions(emulated, false)}

## Resource types of the in-process engine

What \`npm run chaos\` and \`npm run cloud\` can deploy, and the inputs that they hand on to the service. A
program with any other type or input is refused by name. The Pulumi CLI with the official provider
knows all types; there, the operations above are the limit.

${Object.entries(emulated.resourceTypes)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([type, inputs]) => item(type.replace(/\/.*:/, "."), sorted(inputs)))
  .join("\n")}
`;
  const options = await resolveConfig(new URL("../../docs/emulated.md", import.meta.url));
  return format(page, { ...options, parser: "markdown" });
}

function listActions({ actions }: Emulated, isCarriedOut: boolean): string {
  return actions
    .filter((action) => action.isCarriedOut === isCarriedOut)
    .map(({ id, parameters }) => item(id, parameters))
    .join("\n");
}

function section(title: string, signingName: string, operations: readonly string[]): string {
  return `### ${title}\n\nSigning name ${signingName}.\n\n${code(operations)}`;
}

function refusals(title: string, operations: Readonly<Record<string, readonly string[]>>): string {
  const items = sorted(Object.keys(operations)).map((name) => item(name, operations[name] ?? []));
  return `### ${title}: refused\n\n${items.join("\n")}`;
}

function item(name: string, parts: readonly string[]): string {
  return `- \`${name}\`${parts.length > 0 ? `: ${code(parts)}` : ""}`;
}

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(", ");
}

function sorted(names: readonly string[]): string[] {
  return [...names].sort();
}
