/** DynamoDB Developer Guide, "Constraints": a partition key has 1 to 2,048 bytes of UTF-8. */
export const MAX_ID_BYTES = 2_048;
