/** How long one call of DynamoDB may take: a healthy one answers in milliseconds. */
export const dynamodbBudget = {
  maxAttempts: 2,
  connectionTimeoutMs: 300,
  requestTimeoutMs: 500,
  deadlineMs: 1_200,
};
