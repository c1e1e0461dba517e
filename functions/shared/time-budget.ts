/**
 * Every wait of the application in one table, in milliseconds unless the name says otherwise. The
 * SDK clients of the functions and the timeouts of the infrastructure both read it, so they cannot
 * drift apart.
 *
 * The rule that holds it together: `deadlineMs` of every call a function may make one after
 * another < the function's timeout < API Gateway's 29 s (the default integration timeout, API
 * Gateway Developer Guide, "Quotas for REST APIs").
 */
export const TIME_BUDGET = {
  /**
   * One PutItem or GetItem, with its retry. A healthy DynamoDB answers in single-digit
   * milliseconds, so half a second is already a failure, and the queue is the better place for
   * the write.
   */
  dynamodb: { maxAttempts: 2, connectionTimeoutMs: 300, requestTimeoutMs: 500, deadlineMs: 1_200 },
  /** One Publish. It is the last chance of a write, so it may take longer than the first one. */
  sns: { maxAttempts: 2, connectionTimeoutMs: 300, requestTimeoutMs: 800, deadlineMs: 1_700 },
  /** One SendMessage or ChangeMessageVisibilityBatch of the retry function. */
  sqs: { maxAttempts: 2, connectionTimeoutMs: 300, requestTimeoutMs: 1_000, deadlineMs: 2_200 },
  functions: {
    "add-product": { timeoutSeconds: 10 },
    "get-product": { timeoutSeconds: 10 },
    "process-product-events": { timeoutSeconds: 10 },
  },
  apiGatewayTimeoutSeconds: 29,
  retryAfterSeconds: 5,
  /**
   * The messages of a batch are written at the same time, one connection each, so the batch size
   * also bounds the concurrency. Above 10, Lambda would ask for a batching window of at least 1 s.
   */
  batchSize: 10,
  /** SQS keeps a message for at most 14 days (SetQueueAttributes, MessageRetentionPeriod). */
  queueRetentionSeconds: 4 * 24 * 3_600,
  deadLetterQueueRetentionSeconds: 14 * 24 * 3_600,
  /** A message this near to the end of its retention leaves for the dead-letter queue. */
  expiryMarginSeconds: 3_600,
  /**
   * First delay of a message that met an outage; it doubles with each receive up to the cap. With
   * these, four days of outage are fewer than 600 receives, well below `maxReceiveCount`.
   */
  retryDelay: { firstSeconds: 1, maxSeconds: 600 },
  maxReceiveCount: 1_000,
} as const;
