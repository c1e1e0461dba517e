import * as aws from "@pulumi/aws";
import type { Settings } from "./settings.ts";

/**
 * @returns the one provider of the stack. With an emulator, every service that this program uses
 * goes to its endpoint with its keys, and so does KMS, which the provider asks about an encrypted
 * table. It asks nothing before it needs a resource, so that a preview needs no emulator.
 */
export function createAwsProvider({ region, emulator, awsExperiments }: Settings): aws.Provider {
  if (!emulator) return new aws.Provider("aws", { region: region as aws.Region });
  const { endpoint, accessKey, secretKey } = emulator;
  return new aws.Provider("aws", {
    region: region as aws.Region,
    accessKey,
    secretKey,
    skipMetadataApiCheck: true,
    skipCredentialsValidation: true,
    skipRequestingAccountId: true,
    endpoints: [
      {
        apigateway: endpoint,
        dynamodb: endpoint,
        iam: endpoint,
        kms: endpoint,
        lambda: endpoint,
        logs: endpoint,
        sns: endpoint,
        sqs: endpoint,
        sts: endpoint,
        ...(awsExperiments && { cloudwatch: endpoint, fis: endpoint, ssm: endpoint }),
      },
    ],
  });
}
