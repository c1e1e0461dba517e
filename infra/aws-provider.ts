import * as aws from "@pulumi/aws";
import type { Settings } from "./settings.ts";

/**
 * @returns the one provider of the stack. With an emulator, every service this program uses, and
 * the two the provider itself asks, go to its endpoint with its keys.
 */
export function createAwsProvider({ region, emulator, awsExperiments }: Settings): aws.Provider {
  if (!emulator) return new aws.Provider("aws", { region: region as aws.Region });
  const { endpoint, accessKey, secretKey } = emulator;
  return new aws.Provider("aws", {
    region: region as aws.Region,
    accessKey,
    secretKey,
    skipMetadataApiCheck: true,
    endpoints: [
      {
        apigateway: endpoint,
        dynamodb: endpoint,
        iam: endpoint,
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
