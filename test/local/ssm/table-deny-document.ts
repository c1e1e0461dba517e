import { policy } from "./start-account.ts";

/** A runbook that denies `deniedRoleArn` the table and then puts back the policy it found. */
export function tableDenyDocument(options: {
  tableArn: string;
  deniedRoleArn: string;
  assumeRole?: string;
}) {
  const { tableArn, deniedRoleArn, assumeRole } = options;
  const call = (Api: string, more: object) => ({
    Service: "dynamodb",
    Api,
    ResourceArn: tableArn,
    ...more,
  });
  return {
    schemaVersion: "0.3",
    ...(assumeRole !== undefined && { assumeRole }),
    parameters: { Duration: { type: "String", default: "PT5M" } },
    mainSteps: [
      {
        name: "ReadPolicy",
        action: "aws:executeAwsApi",
        inputs: call("GetResourcePolicy", {}),
        outputs: [{ Name: "Policy", Selector: "$.Policy", Type: "String" }],
      },
      {
        name: "DenyTable",
        action: "aws:executeAwsApi",
        inputs: call("PutResourcePolicy", {
          Policy: policy([
            {
              Effect: "Deny",
              Principal: { AWS: deniedRoleArn },
              Action: "dynamodb:PutItem",
              Resource: tableArn,
            },
          ]),
        }),
        onFailure: "step:RestorePolicy",
        onCancel: "step:RestorePolicy",
      },
      {
        name: "Hold",
        action: "aws:sleep",
        inputs: { Duration: "{{ Duration }}" },
        onFailure: "step:RestorePolicy",
        onCancel: "step:RestorePolicy",
      },
      {
        name: "RestorePolicy",
        action: "aws:executeAwsApi",
        inputs: call("PutResourcePolicy", { Policy: "{{ ReadPolicy.Policy }}" }),
        isEnd: true,
      },
    ],
    outputs: ["ReadPolicy.Policy"],
  };
}
