import { type ActionTable, arnIn, entries, textIn } from "./action-reader.ts";

/** Source: Service Authorization Reference, AWS Key Management Service. */
export const kmsActions: ActionTable = entries("kms", ["DescribeKey"], (input, call) => {
  const keyId = textIn(input, "KeyId");
  return [keyId.startsWith("arn:") ? keyId : arnIn(call, "kms", keyId)];
});
