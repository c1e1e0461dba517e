import * as aws from "@pulumi/aws";

const SERVICES = [
  "apigateway",
  "cloudwatch",
  "dynamodb",
  "iam",
  "kms",
  "lambda",
  "logs",
  "sns",
  "sqs",
  "sts",
] as const;

/** @returns the provider of the stack; with an endpoint it calls no other address, and with no real key. */
export function createProvider(region: string, endpoint: string | undefined): aws.Provider {
  if (endpoint === undefined) return new aws.Provider("aws", { region: region as aws.Region });
  return new aws.Provider("aws", {
    region: region as aws.Region,
    accessKey: "test",
    secretKey: "test",
    skipMetadataApiCheck: true,
    skipCredentialsValidation: true,
    skipRequestingAccountId: true,
    endpoints: [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))],
  });
}
