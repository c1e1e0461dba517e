import * as aws from "@pulumi/aws";
import type { Settings } from "./settings.ts";

/** What the embedded cloud serves. KMS is the provider's own: it asks it about encrypted tables. */
const SERVICES = [
  "apigateway",
  "cloudwatch",
  "dynamodb",
  "fis",
  "iam",
  "kms",
  "lambda",
  "logs",
  "sns",
  "sqs",
  "ssm",
  "sts",
] as const satisfies (keyof aws.types.input.ProviderEndpoint)[];

/**
 * @returns the one provider of the stack. With an emulator, these services go to its endpoint with
 * its keys. The provider asks nothing before it needs a resource, so that a preview needs no emulator.
 */
export function createAwsProvider({ region, emulator }: Settings): aws.Provider {
  if (!emulator) return new aws.Provider("aws", { region: region as aws.Region });
  const { endpoint, accessKey, secretKey } = emulator;
  return new aws.Provider("aws", {
    region: region as aws.Region,
    accessKey,
    secretKey,
    skipMetadataApiCheck: true,
    skipCredentialsValidation: true,
    skipRequestingAccountId: true,
    endpoints: [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))],
  });
}
