/** The waits of one AWS call: attempts, their timeouts, and the hard end of them all. */
export interface CallBudget {
  readonly maxAttempts: number;
  readonly connectionTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly deadlineMs: number;
}

/**
 * Every wait of a write buffer. The component and the code in its functions have to be given the same
 * settings; an object that both import keeps them from drifting apart.
 */
export interface WriteBufferSettings {
  /** One Publish. */
  readonly sns: CallBudget;
  /** One SendMessage or ChangeMessageVisibilityBatch of the retry function. */
  readonly sqs: CallBudget;
  /** Messages of a batch, 1 to 10. They are applied at the same time. */
  readonly batchSize: number;
  /** How long the queue keeps a message, at most 14 days (SetQueueAttributes). */
  readonly queueRetentionSeconds: number;
  readonly deadLetterQueueRetentionSeconds: number;
  /** A message this near to the end of its retention leaves for the dead-letter queue. */
  readonly expiryMarginSeconds: number;
  /** Delay of a message that could not be applied; it doubles with each receive up to the cap. */
  readonly retryDelay: { readonly firstSeconds: number; readonly maxSeconds: number };
  /** Receives until SQS itself moves a message to the dead-letter queue, 1 to 1,000. */
  readonly maxReceiveCount: number;
}

/**
 * Settings that fit a retry function with a timeout of 10 s. With these delays, the four days of
 * retention are fewer than 600 receives.
 */
export const DEFAULT_SETTINGS: WriteBufferSettings = {
  sns: { maxAttempts: 2, connectionTimeoutMs: 300, requestTimeoutMs: 800, deadlineMs: 1_700 },
  sqs: { maxAttempts: 2, connectionTimeoutMs: 300, requestTimeoutMs: 1_000, deadlineMs: 2_200 },
  batchSize: 10,
  queueRetentionSeconds: 4 * 24 * 3_600,
  deadLetterQueueRetentionSeconds: 14 * 24 * 3_600,
  expiryMarginSeconds: 3_600,
  retryDelay: { firstSeconds: 1, maxSeconds: 600 },
  maxReceiveCount: 1_000,
};
