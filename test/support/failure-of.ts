/** What a promise rejects with; fails when it does not. */
export async function failureOf(promise: Promise<unknown>): Promise<Error & Failure> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
  throw new Error("Expected a failure, and the call succeeded.");
}

interface Failure {
  readonly $metadata?: { readonly httpStatusCode?: number };
}
