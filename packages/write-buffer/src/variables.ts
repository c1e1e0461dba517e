/** Prefix of a write buffer's environment variables, unless another one is chosen. */
export const DEFAULT_VARIABLE_PREFIX = "WRITE_BUFFER";

/**
 * @returns the environment variables through which the component tells functions where the buffer is.
 * A function that uses two buffers gives each a prefix.
 */
export function variableNames(prefix = DEFAULT_VARIABLE_PREFIX) {
  return {
    topicArn: `${prefix}_TOPIC_ARN`,
    queueUrl: `${prefix}_QUEUE_URL`,
    deadLetterQueueUrl: `${prefix}_DEAD_LETTER_QUEUE_URL`,
  };
}
