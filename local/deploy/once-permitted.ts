import { setTimeout as delay } from "node:timers/promises";

const FIRST_PAUSE_MS = 10;
const LONGEST_PAUSE_MS = 250;

/** What Lambda says of a role, and S3 of what a bucket is to notify. */
const notYet =
  /role does not have permissions|ensure the role can perform|Unable to validate the following destination configurations/;

/**
 * Makes a call again for as long as Lambda says that a function's role may not do what it needs, or S3
 * that it may not notify a target: those policies are created beside the call, as nothing in the program
 * orders the two. The real
 * provider does so for minutes (Terraform AWS provider, aws_lambda_event_source_mapping).
 *
 * @throws the error of the last call
 */
export async function oncePermitted<Answer>(
  call: () => Promise<Answer>,
  timeoutMs = 5_000,
): Promise<Answer> {
  const deadline = performance.now() + timeoutMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await call();
    } catch (error) {
      const isLate = performance.now() + pauseMs > deadline;
      if (isLate || !(error instanceof Error) || !notYet.test(error.message)) throw error;
    }
    await delay(pauseMs);
  }
}
