import type { AwsCall } from "../../wire/aws-call.ts";
import { AwsError } from "../../wire/aws-error.ts";
import type { AwsService } from "../aws-service.ts";
import { type JsonInput, jsonService } from "../json-service.ts";
import { awsManagedKeyArn } from "./aws-managed-key.ts";

const aliasPattern = /^(?:arn:aws:kms:[\w-]+:\d{12}:)?alias\/aws\/([a-z0-9-]+)$/;

/**
 * KMS, as far as an infrastructure tool asks it whether a key is the one that AWS manages for a
 * service. Nothing is encrypted here. Source: KMS API 2014-11-01, DescribeKey.
 */
export function createKmsService(): AwsService {
  return jsonService(
    "kms",
    { DescribeKey: describeKey },
    { targetPrefix: "TrentService", protocol: "json-1.1" },
  );
}

function describeKey(input: JsonInput, { region, accountId }: AwsCall): object {
  const keyId = input["KeyId"];
  const [, service] = aliasPattern.exec(typeof keyId === "string" ? keyId : "") ?? [];
  if (service === undefined)
    throw new AwsError(
      "NotFoundException",
      `Key '${String(keyId)}' does not exist: this endpoint knows the aliases alias/aws/<service> alone.`,
    );
  const arn = awsManagedKeyArn(service, region, accountId);
  return {
    KeyMetadata: {
      AWSAccountId: accountId,
      KeyId: arn.split("/")[1],
      Arn: arn,
      CreationDate: 0,
      Enabled: true,
      Description: `Default key that protects my ${service} data when no other key is defined`,
      KeyUsage: "ENCRYPT_DECRYPT",
      KeyState: "Enabled",
      Origin: "AWS_KMS",
      KeyManager: "AWS",
      CustomerMasterKeySpec: "SYMMETRIC_DEFAULT",
      KeySpec: "SYMMETRIC_DEFAULT",
      EncryptionAlgorithms: ["SYMMETRIC_DEFAULT"],
      MultiRegion: false,
    },
  };
}
