import { CreateExperimentTemplateCommand } from "@aws-sdk/client-fis";
import type { FisClient } from "@aws-sdk/client-fis";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { randomUUID } from "node:crypto";
import { clientSettings } from "../../support/client-settings.ts";

/** A FIS template as a stack on AWS has it, which waits a minute and harms nothing; returns its id. */
export async function createStackTemplate(fis: FisClient, endpoint: string): Promise<string> {
  const iam = new IAMClient(clientSettings(endpoint));
  const { Role } = await iam.send(
    new CreateRoleCommand({
      RoleName: `experiments-${randomUUID()}`,
      AssumeRolePolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: {
          Effect: "Allow",
          Principal: { Service: "fis.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
      }),
    }),
  );
  iam.destroy();
  const { experimentTemplate } = await fis.send(
    new CreateExperimentTemplateCommand({
      clientToken: randomUUID(),
      description: "Waits",
      actions: { wait: { actionId: "aws:fis:wait", parameters: { duration: "PT1M" } } },
      stopConditions: [{ source: "none" }],
      roleArn: Role?.Arn ?? "",
    }),
  );
  return experimentTemplate?.id ?? "";
}
